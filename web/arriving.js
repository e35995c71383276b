// What a page asks for after itself: it may be held back, stand still or come much later.
export const show = (id) => {
  const element = document.getElementById(id);
  if (element) element.hidden = false;
  else addEventListener("DOMContentLoaded", () => show(id), { once: true });
};
export const hide = (id) => document.getElementById(id)?.setAttribute("hidden", "");
export const passed = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const happened = (event) => new Promise((done) => addEventListener(event, done, { once: true }));
// After so many failures in a row: at once when the line is back or the person says so.
export const again = (failures) => Promise.race([passed(Math.min(1000 * 2 ** failures, 30_000)), happened("online"), happened("deskside:again")]);

// A sheet of style, asked for until it comes. Nothing waits for it longer than `SHEET`: plain is better than nothing.
// It goes behind the page's own, which stands in the body, since its rules win over those.
const SHEET = 5000;
export const styled = (url, place = document.body) => {
  const come = (failures) =>
    new Promise((done) => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      const failed = () => {
        sheet.remove();
        show("unstyled");
        again(failures).then(() => come(failures + 1));
        done();
      };
      // What a proxy put in its place arrives too, and holds no rule.
      sheet.onload = () => (sheet.sheet?.cssRules.length ? done(hide("unstyled")) : failed());
      sheet.onerror = failed;
      sheet.href = url;
      place.append(sheet);
      passed(SHEET).then(() => {
        if (!sheet.sheet && sheet.isConnected) show("unstyled");
        done();
      });
    });
  return come(1);
};

// The page's own sheet holds everything up until it is there.
const replace = () => {
  const link = document.getElementById("style");
  if (!link) return;
  link.remove();
  show("unstyled");
  styled(link.href, document.head);
};
addEventListener("error", ({ target }) => target.id === "style" && replace(), true);
passed(SHEET).then(() => document.getElementById("style")?.sheet?.cssRules.length || replace());

// A text that keeps coming may take its time; one that stands still does not come any more.
const STILL = 8000;
export const fetched = async (url, cache) => {
  const control = new AbortController();
  let still;
  const stopped = new Promise((_, failed) => control.signal.addEventListener("abort", () => failed(new Error(`${url}: still`))));
  const heard = () => {
    clearTimeout(still);
    still = setTimeout(() => control.abort(), STILL);
  };
  const read = async () => {
    const answer = await fetch(url, { cache, signal: control.signal });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const [reader, decoder] = [answer.body.getReader(), new TextDecoder()];
    for (let text = ""; ; ) {
      heard();
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      if (done) return text;
    }
  };
  heard();
  return Promise.race([read(), stopped]).finally(() => clearTimeout(still));
};
