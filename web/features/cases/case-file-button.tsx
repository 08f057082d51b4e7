import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { type Cell, downloadCsv } from '../../ui/csv.ts'
import { Failure } from '../../ui/failure.tsx'
import { MAX_CASES_IN_FILE } from './fetch-cases.ts'

/** Saves a list of cases as a file: all pages of it, fetched when they are asked for. */
export const CaseFileButton = ({ count, fetchFile }: { count: number; fetchFile: () => Promise<{ name: string; rows: Cell[][] }> }) => {
  const [state, setState] = useState<{ isBusy: boolean; error: Error | null }>({ isBusy: false, error: null })
  const save = async () => {
    setState({ isBusy: true, error: null })
    try {
      const { name, rows } = await fetchFile()
      downloadCsv(name, rows)
      setState({ isBusy: false, error: null })
    } catch (error) {
      setState({ isBusy: false, error: error as Error })
    }
  }
  return (
    <div className="no-print">
      <button type="button" className="plain-button" onClick={() => void save()} disabled={state.isBusy}>
        {state.isBusy
          ? 'Being fetched…'
          : `CSV of ${count > MAX_CASES_IN_FILE ? `the first ${formatCount(MAX_CASES_IN_FILE)}` : 'all of them'}`}
      </button>
      <Failure error={state.error} />
    </div>
  )
}
