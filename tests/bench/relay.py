"""A relay of messages between two pages by the signaling server alone, in plain JavaScript: the chat's reference."""

RELAY = """() => {
  const moment = () => performance.timeOrigin + performance.now();
  globalThis.relay = {
    times: [],
    async open(url, hello) {
      const socket = new WebSocket(url, "deskside.v1");
      this.socket = socket;
      this.waiting = {};
      this.kept = {};
      socket.onmessage = ({ data }) => this.received(JSON.parse(data));
      await new Promise((resolve) => { socket.onopen = resolve; });
      this.say({ type: "hello", page: "bench-" + Math.random().toString(36).slice(2), ...hello });
      return this.next("welcome");
    },
    say(message) { this.socket.send(JSON.stringify(message)); },
    next(type) {
      return new Promise((resolve, reject) => {
        if (this.kept[type]) resolve(this.kept[type]);
        else this.waiting[type] = resolve;
        setTimeout(() => reject(new Error(`the server has not said ${type}, but ${Object.keys(this.kept)}`)), 10000);
      });
    },
    received(message) {
      if (message.type === "ping") return this.say({ type: "pong" });
      if (message.type === "signal") this.times.push(moment() - Number(message.negotiation.candidate.candidate));
      this.kept[message.type] = message;
      this.waiting[message.type]?.(message);
    },
    represent(url) { return this.open(url, { role: "representative" }); },
    async enter(url) {
      await this.open(url, { role: "customer" });
      this.say({ type: "enter", name: "", question: "", language: "en", notifications: "granted" });
      await this.next("queued");
    },
    async accept() {
      const { entry } = await this.next("queue_entered");
      this.say({ type: "accept", session: entry.session });
      await this.next("accepted");
    },
    async send(count) {
      const { peer } = await this.next("joined");
      for (let number = 1; number <= count; number += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const negotiation = { connection: "talk", number, candidate: { candidate: String(moment()) } };
        this.say({ type: "signal", to: peer, negotiation });
      }
    },
  };
}"""
