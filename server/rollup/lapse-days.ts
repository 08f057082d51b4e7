/** Local days without any activity after which somebody has lapsed, and for which a benefit counts: a house rule. */
export const LAPSE_DAYS = 90
