/**
 * The instant at which a local day begins, as SQL text: `day` is an expression of type date, `zone` one of type text. Where
 * the clocks go back over midnight (the Azores, Havana) there are two midnights, of which "at time zone" takes the later;
 * the day begins at the earlier.
 */
export const startOfDay = (day: string, zone: string): string => {
  const midnight = `(${day})::timestamp at time zone ${zone}::text`
  return `case
      when ((${midnight} - interval '1 hour') at time zone ${zone}::text)::date = (${day}) then ${midnight} - interval '1 hour'
      else ${midnight}
    end`
}

/**
 * The local day of an instant, as SQL text: the latest day that begins no later, so that counts by day add up to counts
 * between the instants at which days begin. Nearly always the date on the wall; in St. John's clocks went back at one
 * minute past midnight, and the date with them. Only near midnight is that looked at, since it is ten times the work.
 */
export const localDayOf = (at: string, zone: string): string => {
  const wall = `(${at} at time zone ${zone}::text)`
  const day = `${wall}::date`
  return `case
      when ${wall}::time between '03:00' and '20:59' then ${day}
      when ${startOfDay(`${day} + 1`, zone)} <= ${at} then ${day} + 1
      when ${startOfDay(day, zone)} > ${at} then ${day} - 1
      else ${day}
    end`
}
