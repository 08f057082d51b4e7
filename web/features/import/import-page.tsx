import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { Import, ImportOptions } from '../../../shared/contract/import.ts'
import { countOf, formatPercent } from '../../../shared/format.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { communitiesQuery, importsQuery } from '../../app/queries.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import { NotFound } from '../period/no-events.tsx'
import { ChooseFiles } from './choose-files.tsx'
import { FormatList } from './format-list.tsx'
import classes from './import.module.css'
import { importQuery } from './import-queries.ts'
import { Preview, type Steps } from './preview.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { sayFound } from './say-preview.ts'
import { saySize } from './say-size.ts'
import { STATUS_WORDS } from './status-words.ts'
import { sayCounts, Summary } from './summary.tsx'
import { Unreadable } from './unreadable.tsx'
import { Uploading } from './uploading.tsx'
import { stopUpload, useUpload } from './uploads.ts'

const route = getRouteApi('/shell/c/$slug/import')

const STEPS = ['Choose', 'Send', 'Preview', 'Import', 'Verdict'] as const
const STEP_OF: Record<Import['status'], (typeof STEPS)[number]> = {
  uploading: 'Send',
  checking: 'Preview',
  checked: 'Preview',
  running: 'Import',
  done: 'Verdict',
  failed: 'Verdict',
  cancelled: 'Verdict',
}

const StepList = ({ now }: { now: (typeof STEPS)[number] }) => (
  <ol className={`${classes.steps} no-print`} aria-label="Steps">
    {STEPS.map((step, index) => (
      <li key={step} aria-current={step === now ? 'step' : undefined}>
        <span>{index + 1}</span>
        <span>{step}</span>
      </li>
    ))}
  </ol>
)

/** The page's first sentence. */
const sayHeading = (one: Import, timeZone: string): string => {
  switch (one.status) {
    case 'uploading':
      return 'Sending your files'
    case 'checking':
      return 'Reading what is in it'
    case 'checked':
      return one.preview === null ? 'It could not be read' : sayFound(one.preview, timeZone)
    case 'running':
      return 'Importing'
    default:
      return sayCounts(one)
  }
}

/** Asks before it ends what runs. */
const CancelButton = ({ one, cancel }: { one: Import; cancel: { mutate: () => void; isPending: boolean; error: Error | null } }) => {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Cancel
      </Button>
      <AreYouSure
        isOpen={isAsking}
        title="Cancel this import?"
        yes="Cancel the import"
        no="Go on"
        isPending={cancel.isPending}
        error={cancel.error}
        onYes={() => cancel.mutate()}
        onClose={() => setAsking(false)}
      >
        {one.status === 'running'
          ? 'What is stored by now stays, and counts. The same files again add the rest.'
          : 'What was sent is removed from the server. Nothing of it is stored.'}
      </AreYouSure>
    </>
  )
}

const Working = ({ one }: { one: Import }) => {
  const { share, rows } = one.progress ?? { share: 0, rows: 0 }
  const isRunning = one.status === 'running'
  // another import may be before it, and the one that reads has to begin
  const hasBegun = share > 0 || rows > 0
  const parts = [
    hasBegun ? formatPercent(share) : 'Beginning …',
    ...(rows === 0 ? [] : [`${countOf(rows, 'row')} read`]),
    ...(isRunning && one.accepted > 0 ? [`${countOf(one.accepted, 'event')} added`] : []),
    ...(isRunning && one.rejected > 0 ? [`${countOf(one.rejected, 'row')} rejected`] : []),
  ]
  return (
    <>
      <ProgressBar label={isRunning ? 'Import' : 'Check'} share={hasBegun ? share : null} says={parts.join(' · ')} />
      <p className="quiet small measure">
        {isRunning
          ? 'You may close this page: it goes on, and the numbers follow by themselves.'
          : 'Nothing is stored yet. You may close this page and come back: what was found will stand here, and on the page Data.'}
      </p>
    </>
  )
}

const OneImport = ({ slug, id, community }: { slug: string; id: string; community: CommunitySummary }) => {
  const client = useQueryClient()
  const navigate = route.useNavigate()
  const query = importQuery(slug, id)
  const { data: one, error, refetch } = useQuery(query)
  const upload = useUpload(id)
  useEffect(() => {
    // the last piece is there: the check begins now, not when it is next asked for
    if (upload?.state === 'done') void refetch()
  }, [upload?.state, refetch])
  const status = one?.status
  useEffect(() => {
    if (status === 'done' || status === 'failed' || status === 'cancelled') {
      void client.invalidateQueries({ queryKey: importsQuery(slug).queryKey })
      void client.invalidateQueries({ queryKey: communitiesQuery.queryKey })
    }
  }, [status, client, slug])
  const post = (step: string, body: object) => request<Import>('POST', pathOf(slug, 'imports', id, step), body)
  const keep = (next: Import) => client.setQueryData(query.queryKey, next)
  const step = useMutation({
    mutationFn: ({ name, body }: { name: 'check' | 'start'; body: object }) => post(name, body),
    onSuccess: keep,
    // somebody else went on with it, in another window
    onError: () => void refetch(),
  })
  const chooseAnew = () => navigate({ search: {} })
  const cancel = useMutation({
    mutationFn: () => {
      stopUpload(id)
      return post('cancel', {})
    },
    onSuccess: keep,
    onError: () => void refetch(),
  })
  if (one === undefined)
    return error ? (
      error instanceof ApiProblem && error.status === 404 ? (
        <section className="card stack-tight">
          <h2 className="title">There is no such import</h2>
          <p className="measure">It may have been removed, or the address is cut off.</p>
          <div>
            <Button onClick={() => void chooseAnew()}>Choose a file</Button>
          </div>
        </section>
      ) : (
        <CardProblem what="This import" error={error} onRetry={() => void refetch()} />
      )
    ) : (
      <Waiting heights={[72, 240]} />
    )
  const steps: Steps = {
    check: (options: ImportOptions) => step.mutate({ name: 'check', body: options }),
    start: () => step.mutate({ name: 'start', body: {} }),
    chooseOthers: () => cancel.mutate(undefined, { onSuccess: () => void chooseAnew() }),
    isBusy: step.isPending || cancel.isPending,
  }
  const size = one.files.reduce((sum, file) => sum + file.size, 0)
  const isOpen = ['uploading', 'checking', 'running'].includes(one.status)
  return (
    <>
      <header className="stack-tight">
        <StepList now={STEP_OF[one.status]} />
        <p style={{ fontSize: 'var(--size-lead)', overflowWrap: 'anywhere' }}>
          <bdi>{one.file_name}</bdi>
          {size === 0 ? null : <span className="quiet"> · {saySize(size)}</span>}
        </p>
        <h1 className="display">{sayHeading(one, community.time_zone)}</h1>
      </header>
      {error ? <CardProblem what="How far it is" error={error} onRetry={() => void refetch()} /> : null}
      <Failure error={step.error ?? (isOpen ? null : cancel.error)} />
      {isOpen ? (
        <section className="card stack-tight" aria-label={sayHeading(one, community.time_zone)}>
          {one.status === 'uploading' ? <Uploading slug={slug} one={one} /> : <Working one={one} />}
          <div>
            <CancelButton one={one} cancel={cancel} />
          </div>
        </section>
      ) : one.status === 'checked' ? (
        one.preview === null ? (
          <Unreadable one={one} steps={steps} />
        ) : (
          // another check brings another preview, and its forms begin from what it says
          <Preview
            key={JSON.stringify(one.options)}
            slug={slug}
            one={one}
            preview={one.preview}
            timeZone={community.time_zone}
            steps={steps}
          />
        )
      ) : (
        <Summary slug={slug} one={one} community={community} onAgain={() => void chooseAnew()} />
      )}
    </>
  )
}

const Choosing = ({ slug, community }: { slug: string; community: CommunitySummary }) => {
  const imports = useQuery(importsQuery(slug))
  const open = imports.data?.filter(({ status }) => ['uploading', 'checking', 'checked', 'running'].includes(status)) ?? []
  return (
    <>
      <header className="stack-tight">
        <StepList now="Choose" />
        <p style={{ fontSize: 'var(--size-lead)', overflowWrap: 'anywhere' }}>
          <bdi>{community.name}</bdi>
        </p>
        <h1 className="display">Bring your community’s history</h1>
        <p className="lead">Drop the export of the place where it talks, and see whether its members help each other.</p>
      </header>
      {open.length === 0 ? null : (
        <section className={classes.notice} aria-label="Unfinished imports">
          <ul className="stack-tight" style={{ listStyle: 'none', padding: 0 }}>
            {open.map(({ id, file_name, status }) => (
              <li key={id}>
                <bdi style={{ overflowWrap: 'anywhere' }}>{file_name}</bdi> is {STATUS_WORDS[status]}.{' '}
                <Link to="/c/$slug/import" params={{ slug }} search={{ id }}>
                  Go on with it
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.columns}>
        <section className="card" aria-label="Your files">
          <ChooseFiles slug={slug} />
        </section>
        <FormatList />
      </div>
    </>
  )
}

/** From a file to the verdict. */
export const ImportPage = () => {
  const { slug } = route.useParams()
  const { id } = route.useSearch()
  const communities = useQuery(communitiesQuery)
  const community = communities.data?.find((c) => c.slug === slug)
  useDocumentTitle(`Import into ${community?.name ?? slug} · Barnraise`)
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This page" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[72, 320]} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  if (community.role !== 'administrator' && community.role !== 'manager')
    return (
      <div className="stack-tight">
        <h1 className="display">Imports are its managers’</h1>
        <p className="lead">Ask the community’s manager or an administrator to import a file.</p>
      </div>
    )
  return (
    <div className="stack">
      {id === undefined ? <Choosing slug={slug} community={community} /> : <OneImport key={id} slug={slug} id={id} community={community} />}
    </div>
  )
}
