import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { VoicesOf } from '../../../shared/contract/voices.ts'

/** Which of the three is shared out; the choice goes to the address. */
export const VoiceChoice = ({ of }: { of: VoicesOf }) => {
  const navigate = useNavigate()
  const choose = (next: VoicesOf) =>
    void navigate({
      to: '.',
      search: ((now: object) => ({ ...now, of: next === 'contributions' ? undefined : next })) as never,
      resetScroll: false,
      replace: true,
    })
  return (
    <div className="row no-print">
      <SegmentedControl
        aria-label="What is shared out"
        size="sm"
        data={[
          { value: 'contributions', label: 'Contributions' },
          { value: 'answers', label: 'Answers' },
          { value: 'starts', label: 'Thread starts' },
        ]}
        value={of}
        onChange={(value) => choose(value as VoicesOf)}
      />
    </div>
  )
}
