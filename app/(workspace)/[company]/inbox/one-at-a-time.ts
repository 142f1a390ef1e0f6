/**
 * Makes of a job one that never runs twice at once. Asked for while it runs, it runs once more after: what happened
 * since it began is not missed.
 * @param job its failures are its own to tell.
 */
export function oneAtATime(job: () => Promise<void>): () => void {
  let isRunning = false
  let isAskedAgain = false
  const run = () => {
    isAskedAgain = isRunning
    if (isRunning) return
    isRunning = true
    void job().finally(() => {
      isRunning = false
      if (isAskedAgain) run()
    })
  }
  return run
}
