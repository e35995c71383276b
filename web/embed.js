// The button for a company's own pages: a link to the customer's page, which says whether somebody is there.
// It stands where its script element stands. docs/embed.md has the markup and the policy under which it works.
"use strict";
(() => {
  const script = document.currentScript;
  if (!script) return; // as a module, or run by something else: nobody says where the button belongs
  const { issue = "", label = "", colour = "" } = script.dataset;
  const wanted = script.dataset.language || script.closest("[lang]")?.lang || "en";
  // TEXTS is put in by the build: {language: {key: text}}.
  const language = [wanted.toLowerCase(), wanted.toLowerCase().split("-")[0]].find((tag) => TEXTS[tag]) ?? "en";
  const texts = TEXTS[language];
  const REST = 20_000; // milliseconds for which an answer is good

  function address(path, parameters) {
    const url = new URL(path, script.src);
    for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
    return url.href;
  }

  // What is readable on the colour: of black and white one always has a contrast of 4.5 or more.
  function colours() {
    const pen = document.createElement("canvas").getContext("2d");
    if (!pen) return ["#1d4ed8", "#fff"];
    pen.fillStyle = "#1d4ed8";
    pen.fillStyle = colour || pen.fillStyle; // what is no colour changes nothing
    if (!/^#[0-9a-f]{6}$/.test(pen.fillStyle)) pen.fillStyle = "#1d4ed8";
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(pen.fillStyle.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return [pen.fillStyle, luminance > 0.179 ? "#000" : "#fff"];
  }

  function sheet() {
    const [ground, ink] = colours();
    const made = new CSSStyleSheet();
    made.replaceSync(`
      :host { all: initial; display: inline-block; max-width: 100%; }
      a { display: inline-flex; flex-direction: column; justify-content: center; box-sizing: border-box;
        max-width: 100%; min-height: 44px; min-width: 44px; padding: 10px 20px; border: 2px solid transparent;
        border-radius: 10px; background: ${ground}; color: ${ink}; text-decoration: none; text-align: start;
        overflow-wrap: anywhere; font: 600 1rem/1.35 system-ui, sans-serif; }
      a:hover .label { text-decoration: underline; }
      a:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #000; }
      .state { display: grid; font-weight: 400; font-size: 0.875rem; }
      .state[hidden] { display: none; }
      .state > * { grid-area: 1 / 1; visibility: hidden; }
      .state > .now { visibility: visible; }
      .state > ::before { content: ""; display: inline-block; box-sizing: border-box; width: 0.6em; height: 0.6em;
        margin-inline-end: 0.5em; border: 2px solid currentcolor; border-radius: 50%; }
      .state > .here::before { background: currentcolor; }
      .held { display: block; box-sizing: border-box; max-width: 30rem; margin-top: 8px; padding: 10px 14px;
        border: 2px solid #b00020; border-radius: 10px; background: #fff; color: #000; text-align: start;
        overflow-wrap: anywhere; font: 1rem/1.4 system-ui, sans-serif; }
      .held:empty { display: none; }
      .held > bdi { display: block; font-weight: 600; user-select: all; }
      .tab { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
        white-space: nowrap; }
      @media (forced-colors: active) {
        a { border-color: LinkText; }
        a:focus-visible { outline-color: Highlight; }
        .state > .here::before { forced-color-adjust: none; background: LinkText; border-color: LinkText; }
      }`);
    return made;
  }

  function part(name, words) {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = words;
    return element;
  }

  const host = document.createElement("span");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet()];
  const link = document.createElement("a");
  link.href = address("./", { issue, language: script.dataset.language });
  link.target = "_blank";
  link.rel = "noopener";
  link.lang = language;
  link.dir = texts.direction;
  // Both stand in one place, and no one sees either before it is known: the page around the button never moves.
  const state = part("state", "");
  const here = part("here", texts["embed.available"]);
  const away = part("away", texts["embed.unavailable"]);
  state.append(here, away);
  const tab = part("tab", ` (${texts["embed.new_tab"]})`);
  link.append(part("label", label || texts["embed.label"]), state, tab);
  const held = part("held", "");
  held.setAttribute("role", "alert");
  held.lang = language;
  held.dir = texts.direction;
  root.append(link, held);

  // A sandboxed frame may open no page, or only one that is sandboxed like itself, where the browser shows an error
  // instead of ours. No frame is told its sandbox, so the press tries with an empty page: that one is out of reach
  // when it is sandboxed with an origin of its own, and refuses to take its own domain when it is sandboxed at all.
  function open(event) {
    if (event.button > 1) return; // a menu
    event.preventDefault();
    held.textContent = "";
    let page = null;
    try {
      page = window.open("", "_blank");
      if (self.origin === "null") void page.document;
      else page.document.domain = page.document.domain;
      page.opener = null;
      page.location.href = link.href;
    } catch {
      page?.close();
      const where = document.createElement("bdi");
      where.textContent = link.href;
      where.translate = false;
      held.append(texts["embed.held"], where);
      console.warn('deskside: this frame needs sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"');
    }
  }
  if (self !== top || self.origin === "null") {
    link.addEventListener("click", open);
    link.addEventListener("auxclick", open);
  }

  let asked = -REST;
  function ask() {
    if (document.visibilityState !== "visible" || performance.now() - asked < REST) return;
    asked = performance.now();
    const options = { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) };
    fetch(address("api/available", { issue }), options)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then(({ available }) => say(available === true ? here : away), () => say(null));
  }

  // Without an answer it is a plain link, which promises nothing.
  function say(now) {
    state.hidden = !now;
    for (const words of state.children) words.classList.toggle("now", words === now);
  }

  function stand() {
    if (script.closest("head") || !script.isConnected) document.body.append(host);
    else script.after(host);
    ask();
    document.addEventListener("visibilitychange", ask);
    link.addEventListener("pointerenter", ask);
    link.addEventListener("focus", ask);
  }
  if (document.body) stand();
  else document.addEventListener("DOMContentLoaded", stand);
})();
