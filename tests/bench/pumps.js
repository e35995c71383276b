// What the transfer is measured against: the same channel without Deskside, and the same work without Python.
(() => {
  const BLOCK = 1024 * 1024;
  const CHUNK = 256 * 1024;
  const HIGH = 8 * BLOCK;
  const LOW = 4 * BLOCK;
  const hexadecimal = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const room = (channel) => new Promise((drained) => channel.addEventListener("bufferedamountlow", drained, { once: true }));

  const open = async (label) => {
    const channel = pc.createDataChannel(label);
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = LOW;
    await new Promise((opened) => (channel.onopen = opened));
    return channel;
  };

  globalThis.pumps = {
    // Nothing but bytes: one buffer sent again and again, counted at the other end.
    async plain(size) {
      const channel = await open("plain");
      const ended = new Promise((done) => (channel.onmessage = done));
      const start = performance.now();
      const chunk = new Uint8Array(CHUNK).fill(7);
      channel.send(String(size));
      for (let left = size; left > 0; left -= CHUNK) {
        if (channel.bufferedAmount + CHUNK > HIGH) await room(channel);
        channel.send(left >= CHUNK ? chunk : chunk.subarray(0, left));
      }
      await ended;
      channel.close();
      return performance.now() - start;
    },

    // What Deskside does, by hand: read a file, hash its blocks, send; the writer checks and writes each.
    async complete(file) {
      const channel = await open("complete");
      let verified = 0;
      let proceed = () => {};
      const ended = new Promise((done) => {
        channel.onmessage = ({ data }) => {
          if (data === "stored") done();
          verified += 1;
          proceed();
        };
      });
      const start = performance.now();
      channel.send(String(file.size));
      const blocks = Math.ceil(file.size / BLOCK);
      const digests = new Uint8Array(32 * blocks);
      const read = async (block) => {
        const bytes = await file.slice(block * BLOCK, (block + 1) * BLOCK).arrayBuffer();
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        digests.set(new Uint8Array(digest), block * 32);
        return [bytes, hexadecimal(digest)];
      };
      const ahead = [];
      for (let block = 0; block < blocks; block++) {
        while (ahead.length < 4 && block + ahead.length < blocks) ahead.push(read(block + ahead.length));
        const [bytes, digest] = await ahead.shift();
        while (block >= verified + 16) await new Promise((resolve) => (proceed = resolve));
        for (let at = 0; at < bytes.byteLength; at += CHUNK) {
          if (channel.bufferedAmount + CHUNK > HIGH) await room(channel);
          channel.send(new Uint8Array(bytes, at, Math.min(CHUNK, bytes.byteLength - at)));
        }
        channel.send(digest);
      }
      channel.send(`done ${hexadecimal(await crypto.subtle.digest("SHA-256", digests))}`);
      await ended;
      channel.close();
      return performance.now() - start;
    },

    // The other end of both.
    listen() {
      const arrived = pc.ondatachannel;
      pc.ondatachannel = (event) => {
        const { channel } = event;
        if (channel.label === "plain") count(channel);
        else if (channel.label === "complete") store(channel);
        else arrived(event);
      };
    },
  };

  const count = (channel) => {
    let left = NaN;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) => {
      if (typeof data === "string") left = Number(data);
      else if ((left -= data.byteLength) === 0) channel.send("done");
    };
  };

  const store = (channel) => {
    const policy = trustedTypes.createPolicy("bench", { createScriptURL: (url) => url });
    const worker = new Worker(policy.createScriptURL(deskside.assets.writer));
    const post = (...words) => worker.postMessage([words[0], "bench", ...words.slice(1)]);
    let opened = false;
    let block = 0;
    channel.binaryType = "arraybuffer";
    worker.onmessage = ({ data: [kind] }) => {
      if (kind === "stored") channel.send("verified");
      else if (kind === "file") {
        channel.send("stored");
        post("discard");
      } else if (kind !== "ready") throw new Error(kind);
    };
    channel.onmessage = ({ data }) => {
      if (!opened) {
        opened = true;
        post("open", Number(data));
      } else if (typeof data !== "string") worker.postMessage(["chunk", "bench", data], [data]);
      else if (data.startsWith("done ")) post("finish", data.slice(5));
      else post("check", block++, data);
    };
  };
})();
