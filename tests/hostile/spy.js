// Before a page's own scripts: what goes over its connections is counted, and can be added to. On a hostile page frames
// are sent that no program of ours would send; on an honest one nothing is changed.
(() => {
  const spy = (globalThis.spy = {
    load: Math.random(), // another one means that the page was loaded anew
    said: {}, // what this page has sent by itself, by channel and kind
    channels: {},
    watched: {}, // how many channels of a name there have been
    sent: {},
    arrived: {},
    pongs: 0,
    acknowledged: {},
    next: {}, // number of each stream
    streams: {}, // of the other page
    numbers: {}, // that this page's own messages got
    injected: {}, // whether there were any others
    ids: [],
    former: {},
    captures: 0,
    opened: 0,
    memory: null,
    connections: [],
    sockets: [],
    unsaid: globalThis.keepsBack ?? [], // what a hostile page keeps back
    held: [],
  });
  const IDS = /"(?:id|through|session|peer|to|from|about|notice|stream)":"([\w-]{1,64})"/g;
  const name = (label) => (label.startsWith("file:") ? "file" : label);
  const count = (counts, key) => (counts[key] = (counts[key] ?? 0) + 1);
  const keep = (list, value, most) => {
    if (!list.includes(value)) list.push(value);
    if (list.length > most) list.shift();
  };
  const learn = (label, text) => {
    for (const [, id] of text.matchAll(IDS)) keep(spy.ids, id, 60);
    if (text.length < 4000) keep((spy.former[label] ??= []), text, 60);
  };
  const told = (label, text) => {
    const message = JSON.parse(text);
    count(spy.said, [label, message.type, message.answer ?? message.on ?? message.accepted ?? ""].join(" ").trim());
    learn(label, text);
    return message;
  };
  const { send } = RTCDataChannel.prototype;
  const transmit = (channel, data) => {
    count(spy.sent, name(channel.label));
    return send.call(channel, data);
  };
  RTCDataChannel.prototype.send = function (data) {
    const label = name(this.label);
    if (typeof data !== "string") return transmit(this, data);
    const message = told(label, data);
    if (isKeptBack(message)) return spy.held.push([label, message]);
    return transmit(this, JSON.stringify(renumbered(label, message)));
  };
  // Before a greeting nothing that is numbered can be understood.
  const isKeptBack = ({ type, n }) =>
    spy.unsaid.includes(type) || (spy.unsaid.includes("hello") && (type === "ack" || n !== undefined));
  const renumbered = (label, message) => {
    if (message.n === undefined) return message;
    if (!spy.injected[label]) {
      spy.next[label] = message.n + 1;
      return message;
    }
    const numbers = (spy.numbers[label] ??= {});
    if (!(message.n in numbers)) {
      spy.next[label] ??= 1;
      numbers[message.n] = spy.next[label]++;
    }
    return { ...message, n: numbers[message.n] };
  };
  const heard = (label, data) => {
    count(spy.arrived, label);
    if (typeof data !== "string") return;
    try {
      const message = JSON.parse(data);
      if (message.type === "pong") spy.pongs += 1;
      if (message.type === "ack") spy.acknowledged[label] = message.received;
      if (message.type === "hello" && message.stream !== spy.streams[label]) {
        spy.streams[label] = message.stream;
        spy.next[label] = (message.received_stream ? message.received : 0) + 1;
      }
      if (message.type && data.length < 100_000) learn(label, data);
    } catch {
      // what a hostile page has sent
    }
  };
  const watch = (channel) => {
    const label = name(channel.label);
    spy.channels[label] = channel;
    count(spy.watched, label);
    spy.sent[label] = spy.arrived[label] = 0;
    delete spy.acknowledged[label];
    spy.numbers[label] = {};
    spy.injected[label] = false;
    channel.addEventListener("message", ({ data }) => spy.channels[label] === channel && heard(label, data));
    return channel;
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...words) {
      super(...words);
      spy.connections.push(this);
      this.addEventListener("datachannel", ({ channel }) => watch(channel));
    }
    createDataChannel(...words) {
      return watch(super.createDataChannel(...words));
    }
  };
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  // Frames are [text, null] or ["", base64]. How many were sent: the browser itself refuses some.
  spy.inject = (label, frames) => {
    const channel = spy.channels[label];
    let taken = 0;
    spy.injected[label] = true;
    for (const [text, binary] of frames) {
      if (channel?.readyState !== "open") break;
      const numbered = text.includes('"@next"');
      spy.next[label] ??= 1;
      try {
        transmit(channel, binary !== null ? bytes(binary) : text.replace('"@next"', spy.next[label]));
        taken += 1;
        if (numbered) spy.next[label] += 1;
      } catch {
        // too large for the browser
      }
    }
    return taken;
  };
  // What was kept back is said after all.
  spy.release = (...kinds) => {
    spy.unsaid = spy.unsaid.filter((kind) => !kinds.includes(kind));
    const held = spy.held;
    spy.held = held.filter(([, message]) => isKeptBack(message));
    for (const [label, message] of held)
      if (!isKeptBack(message) && spy.isOpen(label))
        transmit(spy.channels[label], JSON.stringify(renumbered(label, message)));
  };
  // Whatever was sent before: numbers begin anew, and the other page takes the next one.
  spy.begin = (label, version) => {
    if (!spy.isOpen(label)) return;
    spy.injected[label] = true;
    const stream = `anew-${Math.random()}`.replace(".", "-");
    transmit(spy.channels[label], JSON.stringify({ type: "hello", stream, first: 1, received: 0, ...version }));
    spy.next[label] = 1;
    spy.numbers[label] = {};
  };
  // The server does not hear of this page any more; the other page does.
  spy.vanish = () => {
    globalThis.WebSocket = Played;
    spy.sockets.at(-1).close();
  };
  // As if the other end of that channel, or the server, had sent them.
  spy.receive = (label, frames) => {
    const target = label === "server" ? spy.sockets.at(-1) : spy.channels[label];
    for (const [text, binary] of frames)
      target?.dispatchEvent(new MessageEvent("message", { data: binary !== null ? bytes(binary).buffer : text }));
    return frames.length;
  };
  spy.isOpen = (label) => spy.channels[label]?.readyState === "open";
  spy.tracks = () =>
    spy.connections
      .filter(({ connectionState }) => connectionState !== "closed")
      .flatMap((one) => one.getSenders())
      .filter(({ track }) => track?.readyState === "live").length;
  const NativeSocket = WebSocket;
  const note = (data) => {
    if (typeof data === "string") told("server", data);
  };
  class Watched extends NativeSocket {
    constructor(...words) {
      super(...words);
      spy.sockets.push(this);
      this.addEventListener("message", ({ data }) => typeof data === "string" && learn("server", data));
    }
    send(data) {
      note(data);
      super.send(data);
    }
  }
  // A server that exists only here: it says what a test has it say.
  class Played extends EventTarget {
    constructor() {
      super();
      this.readyState = 0;
      this.bufferedAmount = 0;
      spy.sockets.push(this);
      setTimeout(() => {
        if (this.readyState) return;
        this.readyState = 1;
        this.dispatchEvent(new Event("open"));
      });
    }
    send(data) {
      note(data);
    }
    close() {
      this.readyState = 3;
    }
  }
  globalThis.WebSocket = globalThis.playsServer ? Played : Watched;
  for (const kind of ["getDisplayMedia", "getUserMedia"]) {
    const original = globalThis.MediaDevices?.prototype[kind];
    if (original)
      MediaDevices.prototype[kind] = function (...words) {
        spy.captures += 1;
        return original.apply(this, words);
      };
  }
  globalThis.open = () => {
    spy.opened += 1;
    return null;
  };
  for (const kind of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[kind];
    WebAssembly[kind] = async (...words) => {
      const made = await original.apply(WebAssembly, words);
      const { exports } = made.instance ?? made;
      spy.memory ??= Object.values(exports).find((value) => value instanceof WebAssembly.Memory) ?? null;
      return made;
    };
  }
})();
