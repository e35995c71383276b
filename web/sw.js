// Shows notifications where a page may not make them itself (Android), and brings the page to the front on a click.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
    const page = pages.find((one) => one.url === event.notification.data);
    return page ? page.focus() : undefined;
  }));
});
