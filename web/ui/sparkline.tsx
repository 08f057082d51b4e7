/** Small bars from zero, one a period; `label` says in words what they show. */
export const Sparkline = ({ values, label }: { values: number[]; label: string }) => {
  const most = Math.max(1, ...values)
  const step = 9
  const height = 28
  return (
    <svg
      width={12 * step}
      height={height}
      viewBox={`0 0 ${12 * step} ${height}`}
      role="img"
      aria-label={label}
      style={{ display: 'block' }}
    >
      <line x1={0} x2={12 * step} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
      {values.slice(-12).map((value, i) => {
        const tall = value === 0 ? 0 : Math.max(1.5, (value / most) * (height - 2))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars keep their places
            key={i}
            x={(12 - Math.min(12, values.length) + i) * step}
            y={height - 1 - tall}
            width={step - 2}
            height={tall}
            fill="var(--tone-ink)"
          />
        )
      })}
    </svg>
  )
}
