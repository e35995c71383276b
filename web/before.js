// What must run before Python: the way round PyScript's one call of Function, the bridge that Python needs to
// catch JavaScript's errors, the modules' way into the interpreter, and a page that explains itself when
// Python cannot start. A classic script before everything else of the page, but for a sentence that stands there until
// this one runs: whatever holds it back leaves nobody before an empty window.
import { again, fetched, hide, passed, show, styled } from "./arriving.js";

(() => {
  const { documentElement: root } = document;
  document.getElementById("coming")?.remove();
  const assets = JSON.parse(document.getElementById("deskside-assets").textContent);
  const modules = {};
  let install = null;

  // PyScript builds a hook for workers from text while it loads, also where there is no worker. The policy of
  // this page forbids that, so exactly that call gets a function that does nothing; every other call, before
  // and after, is the browser's.
  const NativeFunction = globalThis.Function;
  const isWorkerHook = (words) =>
    words.length === 1 && typeof words[0] === "string" && words[0].startsWith("return(w,x)=>(async(") && words[0].includes('registerJsModule("_pyscript"');
  globalThis.Function = new Proxy(NativeFunction, {
    apply(target, self, words) {
      if (!isWorkerHook(words)) return Reflect.apply(target, self, words);
      globalThis.Function = NativeFunction;
      return () => () => {};
    },
  });

  const isUsable = () => performance.getEntriesByName("deskside:usable").length > 0;

  const deskside = (globalThis.deskside = {
    assets,

    // Before a translator says that the page is in another.
    language: root.lang,

    // Call what may throw. Nothing that JavaScript throws can be caught in MicroPython.
    attempt(target, method, ...words) {
      try {
        return { ok: true, value: target[method](...words) };
      } catch (error) {
        return { ok: false, error: error?.name ?? "Error" };
      }
    },

    // What a field holds, or the beginning of it; nothing where there is no field.
    text: (field, most) => String(field?.value ?? "").slice(0, most),

    // Fetch a bundle of modules and put it where `import` finds it, and the sheet of its name if there is one;
    // once, however often it is asked for.
    load(name) {
      return (modules[name] ??= (async () => {
        const sheet = assets[`style.${name}`];
        const style = sheet && styled(sheet);
        const url = assets[`modules.${name}`];
        const once = () => fetched(url, "default").then(JSON.parse);
        // What a proxy put in its place may be kept by the browser.
        const anew = () => fetched(url, "reload").then(JSON.parse);
        const bundle = await once().catch(() => passed(500).then(anew));
        for (const [language, texts] of Object.entries(bundle.texts)) {
          Object.assign((deskside.texts[language] ??= {}), texts);
        }
        install(bundle.modules);
        await style;
      })().catch((error) => {
        delete modules[name];
        throw error;
      }));
    },

    // As `load`, until it has come; `told` hears of each time that it did not.
    async insist(name, told) {
      for (let failures = 1; ; failures++) {
        try {
          return await deskside.load(name);
        } catch (error) {
          told(String(error));
          await again(failures);
        }
      }
    },

    // The texts that are loaded, by language.
    texts: {},

    // The interpreter is there: this is how a bundle's modules get into it. Answers when the first bundle is in.
    start(installer) {
      // The red X comes before anything that it could have to stop.
      if (root.dataset.module === "deskside.customer" && !deskside.guard) return Promise.reject(new Error("no guard"));
      install = installer;
      return deskside.insist("first", deskside.failed);
    },

    // An installer for an interpreter with Emscripten's file system.
    files: (fs) => (sources) => {
      for (const [path, source] of Object.entries(sources)) {
        fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
        fs.writeFile(path, source);
      }
    },

    // Whether the form was sent before Python listened. `ready` ends the waiting and answers it.
    pressed: false,
    ready() {
      removeEventListener("submit", hold, true);
      unmark();
      clearTimeout(telling);
      hide("start-failed");
      return deskside.pressed;
    },

    // Something broke before Python was there. Mostly that is the end of it, and the page says so; but a browser that
    // keeps nothing, for one, makes PyScript complain and start all the same, so a moment is left for that.
    failed(reason) {
      if (isUsable()) return;
      console.error("Deskside could not start:", reason);
      const host = document.getElementById("blocked-host");
      if (host) host.textContent = location.host;
      telling ??= setTimeout(() => {
        unmark();
        delete root.dataset.resuming;
        document.getElementById("resuming")?.remove();
        show("start-failed");
      }, 1000);
    },
  });

  let telling = null;

  // Whatever else did not come can only be asked for with the page as a whole; what was typed outlives that.
  const FIELDS = ["name", "question", "issue", "key"];
  const reload = () => {
    try {
      if (root.dataset.module === "deskside.customer") {
        for (const id of FIELDS) {
          const { value } = document.getElementById(id) ?? {};
          if (value) sessionStorage.setItem(`deskside.draft.${id}`, value);
        }
        if (deskside.pressed) sessionStorage.setItem("deskside.pressed", "1");
      }
    } catch {
      // No storage: the browser keeps what stands in a form.
    }
    location.reload();
  };
  addEventListener("click", ({ target }) => {
    if (target.id !== "try-again") return;
    if (install) dispatchEvent(new Event("deskside:again"));
    else reload();
  });
  // What did not come is looked for until it is there. A page that still does not start is not loaded for ever.
  const lookFor = async (url) => {
    for (let failures = 1; !isUsable(); failures++) {
      await again(failures);
      const answer = await fetch(url, { cache: "reload" }).catch(() => null);
      if (!answer?.ok || /html/.test(answer.headers.get("Content-Type"))) continue;
      try {
        const reloads = Number(sessionStorage.getItem("deskside.reloads"));
        sessionStorage.setItem("deskside.reloads", reloads + 1);
        if (reloads < 3 && !isUsable()) reload();
      } catch {
        // Nobody counts: only the person loads it anew.
      }
      return;
    }
  };
  // Neither an error nor anything new for so long: something is held back, or the line is very slow.
  const QUIET = 20_000;
  const watch = (before) =>
    passed(QUIET).then(() => {
      const now = performance.getEntriesByType("resource").length;
      if (now === before) deskside.failed("nothing comes any more");
      if (!isUsable()) watch(now);
    });
  watch(-1);
  const unmark = () => document.querySelector("[data-held]")?.removeAttribute("aria-busy");
  const hold = (event) => {
    event.preventDefault();
    deskside.pressed = true;
    // What seems to be broken may still start, and then does as it was told; until then the page says how it stands.
    const failed = document.getElementById("start-failed");
    if (failed?.hidden === false) {
      failed.scrollIntoView({ block: "center" });
      return;
    }
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    button?.setAttribute("data-held", "");
  };
  addEventListener("submit", hold, true);

  addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement) {
        deskside.failed(target.src);
        lookFor(target.src);
      }
      else if (target === globalThis) deskside.failed(event.message);
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => deskside.failed(event.reason));

  try {
    deskside.pressed = sessionStorage.getItem("deskside.pressed") !== null;
    sessionStorage.removeItem("deskside.pressed");
  } catch {
    // No storage: pressed again, then.
  }

  // A page that was loaded anew in the middle of a session does not show the portal first.
  try {
    if (root.dataset.module === "deskside.customer" && parent === globalThis && localStorage.getItem("deskside.token")) {
      root.dataset.resuming = "";
      show("resuming");
    }
  } catch {
    // No storage: nothing to come back to.
  }

  // The page in another language, where its address or the person asked for one; and where it lives on a host that
  // knows nothing of languages, where the browser prefers one. A page inside of another is told its language.
  const remembered = () => {
    try {
      return localStorage.getItem("deskside.language");
    } catch {
      return null;
    }
  };
  const translation = () => {
    const isElsewhere = document.querySelector('meta[name="deskside-signaling"]');
    const wishes = [new URLSearchParams(location.search).get("language"), remembered()];
    const wanted = [...wishes, ...(isElsewhere ? navigator.languages : [])]
      .map((wish) => wish?.toLowerCase().split(/[-_]/)[0])
      .find((language) => assets[`page.${language}`]);
    const page = wanted && wanted !== root.lang && assets[`page.${wanted}`];
    return page && parent === globalThis && !location.pathname.endsWith(page) ? page : null;
  };

  // The key of an invitation is for this visit: it stays neither in the address bar nor in the history.
  const takeKey = () => {
    const address = new URL(location.href);
    const key = address.searchParams.get("key");
    if (key === null) return;
    deskside.key = key;
    address.searchParams.delete("key");
    history.replaceState(history.state, "", address);
    try {
      sessionStorage.setItem("deskside.draft.key", key);
    } catch {
      // No storage: Python takes it from here.
    }
  };

  const better = root.dataset.fallback && typeof WebAssembly !== "object" ? root.dataset.fallback : translation();
  if (better) location.replace(better + location.search + location.hash);
  else takeKey();
})();
