/** Operations on their way to the server: none lost, none twice, none out of order. */

const PATIENCE = 3000;
const LONGEST = 15000;

/** A random name of `length` letters and digits, starting with a letter. */
export function freshId(length = 12) {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const draws = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(draws, (n, i) => letters[n % (i ? 36 : 26)]).join("");
}

/**
 * Keeps each operation until the server has acknowledged it, and sends the whole
 * list again when no answer comes.
 */
export class Outbox {
  /**
   * @param {Object} [wires]
   * @param {(value: Object) => void} [wires.send] takes `{client, ops}`; without it all is kept
   * @param {() => void} [wires.changed] called when `offline` changes
   * @param {string} [wires.client]
   * @param {Object} [wires.clock] `set(call, ms)` and `clear(timer)`, for tests
   */
  constructor({ send, changed, client = freshId(16), clock = CLOCK } = {}) {
    Object.assign(this, { client, clock });
    this.open({ send, changed });
    this.ops = [];
    this.acked = 0;
    this.last = 0;
    this.tries = 0;
    this.offline = false;
    this.timer = null;
    this.planned = false;
  }

  /** Speak through these wires from now on. */
  open({ send = null, changed = () => {} }) {
    Object.assign(this, { send, changed });
  }

  /** Queue an operation; all that come in one turn of the page travel together. */
  add(op) {
    this.last += 1;
    this.ops.push({ seq: this.last, ...op });
    if (!this.planned) {
      this.planned = true;
      queueMicrotask(() => this.post());
    }
    return this.last;
  }

  /**
   * What the server has applied of ours, from `acks` of an answer.
   * Returns false where the answer is older than one that came before it.
   */
  answered(acks) {
    const ack = acks?.[this.client];
    if (ack == null) return true;
    if (ack < this.acked) return false;
    if (ack > this.acked) this.advance(ack);
    return true;
  }

  advance(ack) {
    this.acked = ack;
    this.ops = this.ops.filter((op) => op.seq > ack);
    this.tries = 0;
    this.wait();
    this.tell(false);
  }

  post() {
    this.planned = false;
    if (!this.ops.length || !this.send) return;
    this.send(this.value());
    if (!this.timer) this.wait();
  }

  value() {
    const value = { client: this.client, ops: this.ops.map((op) => ({ ...op })) };
    // An unchanged value would not reach the server's callback: say it is another try.
    return this.tries ? { ...value, again: this.tries } : value;
  }

  wait() {
    this.clock.clear(this.timer);
    this.timer = null;
    if (!this.ops.length) return;
    const patience = Math.min(PATIENCE * 2 ** this.tries, LONGEST);
    this.timer = this.clock.set(() => this.retry(), patience);
  }

  retry() {
    this.timer = null;
    this.tries += 1;
    this.tell(true);
    this.post();
  }

  tell(offline) {
    if (offline === this.offline) return;
    this.offline = offline;
    this.changed();
  }

  /** Stop; what is queued goes out again through the next wires. */
  close() {
    this.open({});
    this.clock.clear(this.timer);
    this.timer = null;
  }
}

const CLOCK = {
  set: (call, ms) => setTimeout(call, ms),
  clear: (timer) => clearTimeout(timer),
};
