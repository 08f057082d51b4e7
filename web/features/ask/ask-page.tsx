/** Who may be asked whether an answer helped, who was, and what they said. */
export const AskPage = () => <h1>Ask the askers</h1>
