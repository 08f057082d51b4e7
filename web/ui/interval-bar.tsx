type IntervalBarProps = {
  observed: number | null
  low: number | null
  high: number | null
  threshold: number
  /** Where the axis ends; it begins at zero. */
  max: number
  /** The side of the threshold on which the test passes. */
  passes: 'above' | 'below'
  label: string
}

/** What was observed, its interval as a band, and the threshold as a line; the passing side is shaded. Drawn in ink: it measures and does not judge. */
export const IntervalBar = ({ observed, low, high, threshold, max, passes, label }: IntervalBarProps) => {
  const width = 200
  const inset = 6
  const x = (value: number) => inset + (Math.min(Math.max(value, 0), max) / max) * (width - 2 * inset)
  const line = x(threshold)
  return (
    <svg viewBox={`0 0 ${width} 24`} width={width} height={24} role="img" aria-label={label} style={{ display: 'block', maxWidth: '100%' }}>
      {passes === 'above' ? (
        <rect x={line} y={3} width={width - inset - line} height={18} fill="var(--wash)" />
      ) : (
        <rect x={inset} y={3} width={line - inset} height={18} fill="var(--wash)" />
      )}
      <line x1={inset} x2={width - inset} y1={12} y2={12} stroke="var(--line)" />
      {low === null || high === null ? null : (
        <rect x={x(low)} y={8} width={Math.max(2, x(high) - x(low))} height={8} rx={2} fill="var(--tone-other)" opacity={0.75} />
      )}
      <line x1={line} x2={line} y1={2} y2={22} stroke="var(--ink)" strokeWidth={1.5} strokeDasharray="2 2" />
      {observed === null ? null : <circle cx={x(observed)} cy={12} r={4.5} fill="var(--ink)" stroke="var(--card)" strokeWidth={1.5} />}
    </svg>
  )
}
