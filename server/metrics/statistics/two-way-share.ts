/** k of n, as sets of people gave it. */
export type PeopleShare = { numerator: number; denominator: number }

/** People who both gave and received, of all who did either. */
export const twoWayPeople = (gave: Iterable<string>, received: Iterable<string>): PeopleShare => {
  const givers = new Set(gave)
  const receivers = new Set(received)
  return { numerator: givers.intersection(receivers).size, denominator: givers.union(receivers).size }
}

/** Askers who also gave help, of all askers. */
export const askersWhoHelp = (asked: Iterable<string>, gave: Iterable<string>): PeopleShare => {
  const askers = new Set(asked)
  return { numerator: askers.intersection(new Set(gave)).size, denominator: askers.size }
}
