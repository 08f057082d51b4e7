import { Link } from '@tanstack/react-router'
import type { OwnThreshold } from '../../../shared/contract/verdict.ts'
import { sayCountOf } from '../../../shared/format.ts'

/** Said wherever a verdict is shown that was found by a community's own thresholds; nothing where it has none. */
export const OwnThresholds = ({ slug, own }: { slug: string; own: OwnThreshold[] }) =>
  own.length === 0 ? null : (
    <>
      Judged by{' '}
      <Link to="/c/$slug/rules" params={{ slug }} hash="thresholds">
        {sayCountOf(own.length, 'threshold')} of its own
      </Link>
      .
    </>
  )
