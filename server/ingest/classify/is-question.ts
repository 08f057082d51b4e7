/** Whether a message asks something: a question mark that ends a sentence, or an opening that asks. Also for the inference of threads. */
export const isQuestion = (title: string | null | undefined, text: string | null | undefined): boolean =>
  /\?(\s|$)/.test(`${title ?? ''}\n${text ?? ''}`)
