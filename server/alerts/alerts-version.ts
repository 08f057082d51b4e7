/** Changes whenever a rule reads, judges or says otherwise than before: then all is judged again, whether or not anything came in. */
export const ALERTS_VERSION = '2026.1'
