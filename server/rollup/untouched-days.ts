/** Days without an edit, a view or a reuse after which a practice is called untouched: a year (house rule). */
export const UNTOUCHED_DAYS = 365
