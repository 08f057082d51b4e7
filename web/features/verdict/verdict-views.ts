import type { VerdictView } from '../../../shared/verdict-views.ts'

/** The views of a verdict, as a reader chooses them, and how a finding in one of them begins. */
export const VIEW_WORDS: Record<VerdictView, { label: string; as: string; meaning: string }> = {
  as_found: { label: 'As found', as: 'as found', meaning: 'Bots are left out, everybody else counts.' },
  with_bots: {
    label: 'With bots counted',
    as: 'with bots counted',
    meaning: 'The accounts that are left out as bots count as people.',
  },
  without_facilitators: {
    label: 'Without facilitators',
    as: 'without facilitators',
    meaning: 'What the facilitators named in House rules did is left out.',
  },
}
