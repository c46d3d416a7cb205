/** Asking as fast as answers come: one question at a time, and only what is newest. */

const PATIENCE = 500; // milliseconds that a question may take while a newer one waits

/** Between drawing and answering: a long drawing is answered all the while, never late. */
export class Steady {
  /**
   * @param {(question: Object, signal: AbortSignal) => Promise<Object>} look
   * @param {(answer: Object, question: Object) => void} answered
   * @param {{set: Function, clear: Function, now: Function}} [clock] for tests
   */
  constructor(look, answered, clock = CLOCK) {
    Object.assign(this, { look, answered, clock, next: null, control: null });
  }

  /** Ask this; `make` gives the question when its turn comes, so that it is the newest. */
  ask(make) {
    this.next = make;
    if (!this.control) return this.go();
    const waited = this.clock.now() - this.since;
    this.timer ??= this.clock.set(() => this.hurry(), Math.max(0, PATIENCE - waited));
  }

  /** The one on its way takes too long: the newest goes in its place. */
  hurry() {
    this.timer = undefined;
    if (!this.next || !this.control) return;
    this.control.abort();
    this.control = null;
    this.go();
  }

  async go() {
    const control = (this.control = new AbortController());
    const question = this.next();
    this.next = null;
    this.since = this.clock.now();
    const answer = await this.look(question, control.signal).catch(() => undefined);
    if (this.control !== control) return; // a newer one took its place
    this.control = null;
    this.stop();
    if (answer) this.answered(answer, question);
    if (this.next && !this.control) this.go();
  }

  stop() {
    this.clock.clear(this.timer);
    this.timer = undefined;
  }

  get busy() {
    return Boolean(this.control);
  }

  /** Ask no more. */
  drop() {
    this.next = null;
    this.stop();
    this.control?.abort();
    this.control = null;
  }
}

const CLOCK = { set: (call, time) => setTimeout(call, time), clear: (timer) => clearTimeout(timer), now: () => performance.now() };
