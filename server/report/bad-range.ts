/** A range that cannot be answered; the message says what to ask instead. */
export class BadRange extends Error {
  override name = 'BadRange'
}
