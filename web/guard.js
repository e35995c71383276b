// The red X. It holds what can be revoked and listens by itself, so that it works while Python is busy or has crashed.
"use strict";
(() => {
  const connections = new Set();
  const tracks = new Set();
  const channels = new Set();
  let epoch = 0;
  let missed = 0;
  let ahead = Date.now() - performance.now();

  const quietly = (action) => { try { action(); } catch { /* what is closed already needs no closing */ } };

  const stopMedia = () => {
    epoch += 1; // a picker that is still open answers to an epoch that is gone
    for (const track of tracks) quietly(() => track.stop());
    tracks.clear();
  };

  const guard = {
    /** Counts revocations; what was begun in an earlier epoch is void. */
    get epoch() { return epoch; },

    /** The epoch that Python has shown on the page; the note below stands in for it when it cannot. */
    shown: 0,

    /** An RTCPeerConnection that a press closes. */
    connect(configuration) {
      const connection = new RTCPeerConnection(configuration);
      connections.add(connection);
      return connection;
    },

    /** A control channel, over which the others are told. */
    hold(channel) { channels.add(channel); },

    drop(thing) { connections.delete(thing); channels.delete(thing); tracks.delete(thing); },

    /** Ask for the screen or the camera. What arrives after a press or an end is stopped and never handed on. */
    async capture(kind, constraints) {
      const asked = epoch;
      const devices = navigator.mediaDevices;
      const stream = await (kind === "screen" ? devices.getDisplayMedia(constraints) : devices.getUserMedia(constraints));
      if (asked !== epoch) {
        for (const track of stream.getTracks()) track.stop();
        throw new DOMException("revoked while the picker was open", "AbortError");
      }
      for (const track of stream.getTracks()) tracks.add(track);
      return stream;
    },

    stopMedia,

    /** Python has just looked after the leases; `more` is how far the server's time is ahead of `performance.now`. */
    beat(more) { missed = 0; ahead = more; },

    /** In this order: tracks, connections with all that is buffered in them, and only then the others. */
    press() {
      stopMedia();
      for (const connection of connections) quietly(() => connection.close());
      connections.clear();
      // Should Python not come to it before the page is left, the next page of this session does.
      quietly(() => localStorage.setItem("deskside.revoked", localStorage.getItem("deskside.session") ?? ""));
      const frame = JSON.stringify({ type: "revoked", at: Math.round(performance.now() + ahead) });
      for (const channel of channels) quietly(() => { if (channel.readyState === "open") channel.send(frame); });
      const pressed = epoch;
      quietly(() => dispatchEvent(new CustomEvent("deskside:revoked")));
      setTimeout(() => {
        const note = document.getElementById("revoked-note");
        if (note && guard.shown < pressed) note.hidden = false;
      }, 300);
    },

    /** Listen in a window: the page's own, or the small one that stays on top. */
    watch(target) {
      target.addEventListener("click", (event) => {
        const path = event.composedPath();
        if (path.some((node) => node.dataset && node.dataset.guard === "revoke")) guard.press();
      }, { capture: true });
    },
  };

  guard.watch(window);

  // A lease ends in Python. Where Python does not come to it any more, nothing may go on: silence never means yes.
  // It is counted in turns of this timer, not in seconds, because the timers of a hidden page all run late alike.
  setInterval(() => {
    missed = tracks.size || connections.size ? missed + 1 : 0;
    if (missed > 5) guard.press();
  }, 3000);

  globalThis.deskside = Object.assign(globalThis.deskside || {}, { guard });
})();
