/** Why something that was asked for did not happen; read out at once. */
export const Failure = ({ error }: { error: Error | null }) =>
  error === null ? null : (
    <p role="alert" style={{ borderLeft: '3px solid var(--mantine-color-error)', paddingLeft: 12, overflowWrap: 'anywhere' }}>
      {error.message}
    </p>
  )
