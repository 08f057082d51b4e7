/** All mail of this server, for administrators: what waits, what was sent, what failed, what would have been sent. */
export const MailPage = () => <h1>Mail</h1>
