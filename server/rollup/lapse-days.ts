/** Local days without any activity after which somebody has lapsed, and for which a benefit counts: a house rule. */
export const LAPSE_DAYS = 90
/** Days from one activity to the next up to which a silence is ordinary: who is active once a month has not gone anywhere (house rule). */
export const ORDINARY_DAYS = 30
