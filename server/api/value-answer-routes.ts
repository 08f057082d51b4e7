/**
 * `/v/:token`: what an asker says, without signing in. Reading changes nothing, since mail scanners and chats fetch the links they see; what
 * changes something is posted by a button. The token is all there is to know, so a post needs no Origin: mail programs send none.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dayInZone, formatDay } from '../../shared/format.ts'
import { cleanWords } from '../../shared/clean-words.ts'
import { BAND_IDS, CONSENTS, MAX_BEARER_LENGTH, MAX_STORY_LENGTH, SOLVED } from '../../shared/contract/value-claim.ts'
import { readAskToken } from '../report/asks/ask-link.ts'
import { sayQuestion } from '../report/asks/ask-words.ts'
import { makeToken, readToken } from '../report/signed-token.ts'
import type { Database } from '../store/connection.ts'
import { readAsk, type StoredAsk, storeAnswer, type ValueChange, withdrawAnswer } from '../store/value-answers.ts'
import { optOut } from '../store/value-asks.ts'
import { LINKED_PAGE_POLICY, sayPage } from './linked-page.ts'
import { stopForm, valuePage } from './value-answer-page.ts'

type Parts = {
  db: Database
  secretKey: string
  baseUrl: string
  now: () => Date
  /** Told when an answer came, changed or went. */
  requestRefresh: (communityId: string) => void
}

/** Requests a minute from one address; a person needs five (our judgement). */
const MOST_A_MINUTE = 90
/** A form holds a story and a few words; one that is too long is cut and not refused. */
const MAX_FORM_BYTES = 256 * 1024
/** A second click on a button, before the browser has what the first one brought. */
const SECOND_CLICK_MS = 2 * 60_000
const COOKIE = 'answered'
const COOKIE_SECONDS = 400 * 86_400

const NOTES: Record<string, string> = {
  solved: 'Your answer is stored.',
  band: 'The time is stored.',
  story: 'Your words are stored, and shown as you chose.',
  shortened: `Your words are stored. They were longer than ${MAX_STORY_LENGTH.toLocaleString('en')} characters; what came after is not kept.`,
  nameless: 'Your words are stored and shown to nobody: they were to be shown with a name or a role, and none was given.',
  emptied: 'Your words are gone.',
  withdrawn: 'Everything you said here is gone, from the next report as well.',
  stopped: 'You will not be asked again.',
}

const fieldOf = (form: URLSearchParams, name: string): string | null => form.get(name)
const oneOf = <Value extends string>(values: readonly Value[], given: string | null): Value | undefined =>
  values.find((value) => value === given)

/** What a form changes, and the note that says so; null where it asks for nothing known. */
export const readForm = (form: URLSearchParams): { change: ValueChange; note: string } | null => {
  const solved = oneOf(SOLVED, fieldOf(form, 'solved'))
  if (solved !== undefined) return { change: { solved }, note: 'solved' }
  if (form.has('band')) {
    const band = oneOf(BAND_IDS, fieldOf(form, 'band'))
    return band === undefined && fieldOf(form, 'band') !== '' ? null : { change: { band: band ?? null, hours_saved: null }, note: 'band' }
  }
  if (!form.has('story')) return null
  const written = cleanWords(form.get('story') ?? '', { length: MAX_FORM_BYTES, isOneLine: false })
  const story = cleanWords(written, { length: MAX_STORY_LENGTH, isOneLine: false }) || null
  const bearer = (name: string) => cleanWords(form.get(name) ?? '', { length: MAX_BEARER_LENGTH, isOneLine: true }) || null
  const [name, role, asked] = [bearer('name'), bearer('role'), oneOf(CONSENTS, fieldOf(form, 'consent')) ?? 'none']
  const isNameless = (asked === 'name' && name === null) || (asked === 'role' && role === null)
  const consent = story === null || isNameless ? 'none' : asked
  const note = story === null ? 'emptied' : isNameless ? 'nameless' : story.length < written.length ? 'shortened' : 'story'
  return { change: { story, consent, name, role }, note }
}

export const valueAnswerRoutes =
  ({ db, secretKey, baseUrl, now, requestRefresh }: Parts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { pool } = db
    // whatever a mail program calls the body of its one click, it is text
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_FORM_BYTES }, (_request, body, done) => done(null, body))
    const config = { access: 'public' as const, rateLimit: { max: MOST_A_MINUTE, timeWindow: '1 minute' } }
    const options = { schema: { hide: true } as object, config }
    type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Record<string, unknown> }>

    const send = (reply: FastifyReply, status: number, html: string) =>
      reply
        .status(status)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', LINKED_PAGE_POLICY)
        .header('x-robots-tag', 'noindex, nofollow')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .send(html)

    const addressOf = (token: string) => `/v/${token}`
    const proofOf = (ask: StoredAsk) => makeToken(secretKey, 'value', [ask.community_id, ask.ask_id, 'answered'])
    /** A link may stand where many read it: what was said is shown to the browser that said it. A mail goes to one person. */
    const isTheirs = (request: FastifyRequest, ask: StoredAsk): boolean => {
      if (ask.how === 'mail') return true
      const proofs = [...(request.headers.cookie ?? '').matchAll(/(?:^|;\s*)answered=([^;\s]+)/g)].map((match) => match[1] ?? '')
      return proofs.some((proof) => readToken(secretKey, 'value', proof)?.join('.') === `${ask.community_id}.${ask.ask_id}.answered`)
    }

    const open = async (request: TokenRequest): Promise<StoredAsk | null> => {
      const ids = readAskToken(secretKey, request.params.token)
      return ids === null ? null : readAsk(pool, ids.communityId, ids.askId)
    }
    const unknown = (reply: FastifyReply) =>
      send(
        reply,
        404,
        sayPage('This link leads nowhere', [
          'It may be cut short, or what it asked about is gone: the community was removed, or the question is not asked any more.',
          'If it came in a mail, try to open the whole of it from there.',
        ]),
      )

    const show = (request: TokenRequest, reply: FastifyReply, ask: StoredAsk, status = 200) => {
      const { token } = request.params
      const said = ask.said
      if (ask.is_question_gone && said === null)
        return send(
          reply,
          410,
          sayPage(
            'There is nothing to answer any more',
            ['The question was taken back, so nobody is asked about it. Nothing of yours is stored behind this link.'],
            ask.has_opted_out ? '' : stopForm(addressOf(token)),
          ),
        )
      const isOpen = ask.expires_at > now() && !ask.is_question_gone
      const done = typeof request.query.done === 'string' ? request.query.done : ''
      // the address says what was done, and the store whether it was
      const isTrue = done === 'withdrawn' ? said === null : done === 'stopped' ? ask.has_opted_out : said !== null
      return send(
        reply,
        said === null && !isOpen ? 410 : status,
        valuePage({
          address: addressOf(token),
          community: ask.community_name,
          question: sayQuestion({ asked_at: ask.asked_question_at ?? ask.expires_at, channel: ask.channel, time_zone: ask.time_zone }),
          url: ask.url !== null && /^https?:\/\//i.test(ask.url) ? ask.url : null,
          until: isOpen ? formatDay(dayInZone(ask.expires_at.toISOString(), ask.time_zone)) : null,
          said,
          isTheirs: isTheirs(request, ask),
          hasOptedOut: ask.has_opted_out,
          note: isTrue && Object.hasOwn(NOTES, done) ? (NOTES[done] ?? null) : null,
        }),
      )
    }

    app.get('/v/:token', options, async (request, reply) => {
      const ask = await open(request as TokenRequest)
      return ask === null ? unknown(reply) : show(request as TokenRequest, reply, ask)
    })

    app.post('/v/:token', options, async (plain, reply) => {
      const request = plain as TokenRequest
      const ask = await open(request)
      if (ask === null) return unknown(reply)
      const { community_id: communityId, ask_id: askId } = ask
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
      const back = (done: string) => reply.redirect(`${addressOf(request.params.token)}?done=${done}`, 303)
      if (form.has('withdraw')) {
        if (await withdrawAnswer(pool, { communityId, askId, now: now() })) requestRefresh(communityId)
        return back('withdrawn')
      }
      const read = readForm(form)
      if (read === null) return show(request, reply, ask, 400)
      const isFresh = ask.said?.story === null && ask.changed_at !== null && now().getTime() - ask.changed_at.getTime() < SECOND_CLICK_MS
      if (ask.said !== null && !isTheirs(request, ask) && !isFresh) return show(request, reply, ask, 403)
      const outcome = await storeAnswer(pool, { communityId, askId, change: read.change, now: now() })
      if (outcome === 'unknown') return unknown(reply)
      if (outcome !== 'stored' && outcome !== 'same') return back('none')
      if (outcome === 'stored') requestRefresh(communityId)
      const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
      reply.header(
        'set-cookie',
        `${COOKIE}=${proofOf(ask)}; Path=${addressOf(request.params.token)}; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
      )
      return back(read.note)
    })

    app.get('/v/:token/stop', options, async (request, reply) => {
      const ask = await open(request as TokenRequest)
      if (ask === null) return unknown(reply)
      if (ask.has_opted_out)
        return send(reply, 200, sayPage('You will not be asked again', [`Not by ${ask.community_name}, and not by mail or link.`]))
      return send(
        reply,
        200,
        sayPage(
          'Do not want to be asked?',
          [`${ask.community_name} asks those who asked a question whether the answer helped. One click, and you are not asked again.`],
          stopForm(addressOf((request as TokenRequest).params.token)),
        ),
      )
    })

    // RFC 8058: the mail program posts List-Unsubscribe=One-Click here; a person posts the form
    app.post('/v/:token/stop', options, async (plain, reply) => {
      const request = plain as TokenRequest
      const ask = await open(request)
      if (ask === null) return unknown(reply)
      await optOut(pool, { communityId: ask.community_id, askId: ask.ask_id, now: now() })
      if (typeof request.body === 'string' && request.body.includes('List-Unsubscribe'))
        return send(reply, 200, sayPage('You will not be asked again', [`Not by ${ask.community_name}, and not by mail or link.`]))
      return reply.redirect(`${addressOf(request.params.token)}?done=stopped`, 303)
    })
  }
