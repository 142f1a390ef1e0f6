/** What became of a form: done, or a refusal said at its field or above the button. */
export type FormOutcome = { ok: true } | { ok: false; field?: string; message: string }
