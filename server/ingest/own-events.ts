/** Begins the ids of events that members tell this program itself, behind a link it made: they come from no feed. */
export const OWN_EVENTS = 'barnraise:'

/** The id of the event that holds the answer to an ask, in the source of the question: an account of another source would be somebody else. */
export const valueEventId = (askId: string): string => `${OWN_EVENTS}value:${askId}`
