// Shows notifications where a page may not make them itself (Android), and brings the page to the front on a click.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = event.notification.data;
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
    const same = pages.filter((one) => place(one.url) === place(wanted));
    const page = same.find((one) => one.url === wanted) ?? same[0];
    return page ? page.focus() : self.clients.openWindow(wanted);
  }));
});
// A page's URL here is the one it was loaded from. Since then it may have dropped its key, so only its place counts,
// whatever the language: `/help/index.de.html?key=1` and `/help/` are the same page.
function place(url) {
  const path = new URL(url).pathname.replace(/\.html$/, "");
  return path.replace(/\.[A-Za-z-]+$/, "").replace(/\/(index|compat)$/, "/");
}
