/**
 * Calls `stop` when the process that started this one is gone. npm passes on a request to stop but, killed outright, leaves its
 * program behind: that would hold the port of the next `npm start` with nobody left to stop it.
 */
export const stopWithParent = (stop: () => void): void => {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}
