// The worker that keeps the files being received: it checks each block by its SHA-256 and writes it into the
// origin-private file system, or where a person has picked a place into that; where there is neither it keeps the
// blocks in memory, up to a limit. It decides nothing else: core/transfer_receiver.py does. All messages of one entry
// are answered in their order.
"use strict";
(() => {
  const BLOCK = 1024 * 1024;
  const MEMORY_LIMIT = 256 * BLOCK;
  const FOLDER = "deskside-files";
  const files = new Map();

  // Memory for blocks is used again: asking the system for each anew costs more than writing it.
  const free = [];
  const take = () => free.pop() ?? new Uint8Array(BLOCK);

  const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  // A lock says that a page lives that needs the entry: another page's sweep leaves it alone.
  const lock = (entry, options) =>
    new Promise((locked, failed) => {
      navigator.locks
        .request(`${FOLDER}/${entry}`, options, (granted) => {
          if (!granted) return failed(new DOMException("the entry is in use", "NoModificationAllowedError"));
          return new Promise((unlock) => locked(unlock));
        })
        .catch(failed);
    });
  // A sweep may be looking at it, and the page before a reload may not be gone yet.
  const soon = () => ({ signal: AbortSignal.timeout(5000) });

  // A file system that says nothing is none. What it opens after all is let go.
  const inTime = (opening) => {
    const late = new Promise((_, failed) => setTimeout(failed, 5000, new DOMException("no answer", "NotReadableError")));
    late.catch(() => opening.then((disk) => disk.given || disk.release(), () => {}));
    return Promise.race([opening, late]);
  };

  class OnDisk {
    static async open(entry, size) {
      const unlock = await lock(entry, soon());
      const opening = async () => {
        const directory = await folder();
        const handle = await directory.getFileHandle(entry, { create: true });
        return new OnDisk(entry, size, directory, handle, await handle.createSyncAccessHandle(), unlock);
      };
      return inTime(opening()).then((disk) => Object.assign(disk, { given: true }), (error) => {
        unlock();
        throw error;
      });
    }

    constructor(entry, size, directory, handle, access, unlock) {
      Object.assign(this, { entry, size, directory, handle, access, unlock });
    }

    // The digests of whole blocks that an earlier page has left here, one after the other.
    async restore(digests) {
      const blocks = Math.floor(Math.min(this.access.getSize(), this.size) / BLOCK);
      // Asks for all the room at once, which costs nothing: too little shows before a byte moves. Chromium says so
      // by the size alone, as it does when it writes less than it was told.
      this.access.truncate(this.size);
      if (this.access.getSize() !== this.size) throw new DOMException("no room", "QuotaExceededError");
      this.access.truncate(blocks * BLOCK);
      const block = new Uint8Array(BLOCK);
      for (let index = 0; index < blocks; index++) {
        if (this.access.read(block, { at: index * BLOCK }) !== BLOCK) throw new Error("unreadable");
        digests.set(await sha256(block), index * 32);
      }
      return blocks;
    }

    write(bytes, at) {
      if (this.access.write(bytes, { at }) !== bytes.byteLength) throw new DOMException("no room", "QuotaExceededError");
    }

    async close() {
      this.access.flush();
      this.access.close();
      return this.handle.getFile();
    }

    async discard() {
      this.access.close();
      await this.directory.removeEntry(this.entry).catch(() => {});
      this.unlock();
    }

    // Another page goes on with it.
    release() {
      this.access.close();
      this.unlock();
    }
  }

  // A file that a person has picked. The browser writes beside it and puts the whole in its place at the end, so that
  // nothing can go on from a part after a reload.
  class OnPlace {
    closed = false;
    static async open(place, size) {
      return new OnPlace(place, await place.createWritable());
    }

    constructor(place, stream) {
      Object.assign(this, { place, stream });
    }

    restore = async () => 0;
    write(bytes, at) {
      return this.stream.write({ type: "write", position: at, data: bytes });
    }

    async close() {
      await this.stream.close();
      this.closed = true;
      return this.place.getFile();
    }

    // What is whole is the person's; of anything else nothing stays, not even the empty file that the picker made.
    async discard() {
      if (this.closed) return;
      await this.stream.abort().catch(() => {});
      await this.place.remove?.().catch(() => {});
    }
  }

  class InMemory {
    parts = [];
    static async open(size) {
      if (size > MEMORY_LIMIT) throw new DOMException("too large for memory", "QuotaExceededError");
      return new InMemory();
    }

    restore = async () => 0;

    write(bytes, at) {
      this.parts[at / BLOCK] = new Blob([bytes]);
    }

    async close() {
      const file = new Blob(this.parts);
      this.parts = [];
      return file;
    }

    discard = async () => void (this.parts = []);
  }

  const open = async (entry, size, place) => {
    if (place) return OnPlace.open(place, size);
    try {
      return await OnDisk.open(entry, size);
    } catch (error) {
      // Private windows refuse the file system as a whole. An entry in use or a full disk is another matter.
      if (["QuotaExceededError", "NoModificationAllowedError", "TimeoutError"].includes(error?.name)) throw error;
      return InMemory.open(size);
    }
  };

  class Received {
    block = take();
    filled = 0;
    blocks = 0;
    broken = false;
    failed = false;

    constructor(entry, size, place) {
      Object.assign(this, { entry, size });
      this.digests = new Uint8Array(32 * Math.ceil(size / BLOCK));
      this.last = Promise.resolve();
      this.next(async () => {
        this.storage = await open(entry, size, place);
        this.blocks = await this.storage.restore(this.digests);
        await this.tellReady();
      });
    }

    tell(kind, value, more = "") {
      postMessage([kind, this.entry, value, more]);
    }

    // With the digest over those of the blocks that are here: the sender compares it with its own.
    async tellReady() {
      this.tell("ready", this.blocks, hexadecimal(await sha256(this.digests.subarray(0, this.blocks * 32))));
    }

    // One step after the other; after a failure there are no more.
    next(step) {
      this.last = this.last.then(async () => {
        if (this.failed) return;
        try {
          await step();
        } catch (error) {
          this.failed = true;
          this.tell("failed", error?.name ?? "Error");
        }
      });
    }

    chunk(buffer) {
      this.block.set(new Uint8Array(buffer), this.filled);
      this.filled += buffer.byteLength;
    }

    check(block, expected) {
      const whole = this.block;
      const bytes = whole.subarray(0, this.filled);
      this.block = take();
      this.filled = 0;
      // The hash is on its way while the blocks before this one are still being written.
      const hash = sha256(bytes);
      this.next(async () => {
        const digest = await hash;
        if (this.broken) return free.push(whole);
        if (block !== this.blocks || hexadecimal(digest) !== expected) {
          this.broken = true;
          this.tell("bad", block);
          return free.push(whole);
        }
        await this.storage.write(bytes, block * BLOCK);
        free.push(whole);
        this.digests.set(digest, block * 32);
        this.blocks = block + 1;
        this.tell("stored", block);
      });
    }

    rewind() {
      this.filled = 0;
      this.next(async () => {
        this.broken = false;
        await this.tellReady();
      });
    }

    finish(expected) {
      this.next(async () => {
        if (hexadecimal(await sha256(this.digests)) !== expected) this.tell("wrong");
        else this.tell("file", await this.storage.close());
      });
    }

    leave(how) {
      this.failed = true;
      free.push(this.block);
      // What has no other page to go on with it goes in either way.
      this.last = this.last.then(() => (this.storage?.[how] ?? this.storage?.discard)?.call(this.storage)).catch(() => {});
    }
  }

  // Whether so much would find room: tried, for what browsers estimate is meant to tell little.
  const room = async (entry, size) => {
    let [storage, fits] = [null, true];
    try {
      storage = await open(entry, size);
      await storage.restore();
    } catch {
      fits = false;
    }
    await storage?.discard();
    postMessage(["room", entry, fits, ""]);
  };

  // What nobody has touched for so many milliseconds, and no living page holds: a page that is being loaded anew
  // holds nothing for a moment, and comes back to what it had.
  const remove = async (entry, age, options) => {
    const unlock = await lock(entry, options).catch(() => null);
    if (!unlock) return;
    try {
      const directory = await folder();
      const file = await (await directory.getFileHandle(entry)).getFile();
      if (file.lastModified <= Date.now() - age) await directory.removeEntry(entry);
    } catch {
      // gone already, or the browser has it open
    } finally {
      unlock();
    }
  };

  const sweep = async (age) => {
    const directory = await folder();
    for await (const entry of directory.keys()) {
      if (!files.has(entry)) await remove(entry, age, { ifAvailable: true });
    }
  };

  postMessage(["here", "", 0, ""]);

  onmessage = ({ data: [kind, entry, ...words] }) => {
    if (kind === "sweep") sweep(words[0]).catch(() => {});
    else if (kind === "room") room(entry, ...words);
    else if (kind === "open") files.set(entry, new Received(entry, ...words));
    else if (kind === "discard" || kind === "release") {
      if (files.has(entry)) files.get(entry).leave(kind);
      else if (kind === "discard") remove(entry, -Infinity, soon()).catch(() => {});
      files.delete(entry);
    } else files.get(entry)?.[kind](...words);
  };
})();
