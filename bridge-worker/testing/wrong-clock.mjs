// Loaded before the worker (node --import): its own clock is wrong by WRONG_CLOCK_MS, as on a machine whose time was
// never set. Made in Node itself, because faketime's library is not on every machine.
const RealDate = Date
const wrongBy = Number(process.env.WRONG_CLOCK_MS ?? 0)

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + wrongBy)
    else super(...parts)
  }

  static now() {
    return RealDate.now() + wrongBy
  }
}
