/** The page behind an asker's link, as HTML that needs no script: one click answers, and what is stored stands there to be changed. */
import {
  CLAIM_BANDS,
  bandOf,
  type Consent,
  MAX_BEARER_LENGTH,
  MAX_STORY_LENGTH,
  SOLVED,
  SOLVED_WORDS,
  type ValueWords,
} from '../../shared/contract/value-claim.ts'
import { escapeHtml } from '../mail/mail-page.ts'
import { form, page, paragraph } from './linked-page.ts'

export const stopForm = (address: string): string => form(`${address}/stop`, '<button name="stop" value="yes">Do not ask me again</button>')

export type ValuePage = {
  /** Path of the page, where its forms post to. */
  address: string
  community: string
  /** "your question of 3 December in pumps" */
  question: string
  /** Where the question stands; null where that is not known. */
  url: string | null
  /** The last day for answering, in words; null where it is over. */
  until: string | null
  said: ValueWords | null
  /** What is stored may be shown: the link was mailed, or this browser gave the answer. */
  isTheirs: boolean
  hasOptedOut: boolean
  /** What was just done, in a sentence. */
  note: string | null
}

const about = ({ question, url, community }: ValuePage): string =>
  `<p>This is about ${url === null ? escapeHtml(question) : `<a href="${escapeHtml(url)}" rel="noreferrer nofollow">${escapeHtml(question)}</a>`}, in the community ${escapeHtml(community)}.</p>`

const solvedForm = ({ address }: ValuePage, said: ValueWords | null): string =>
  form(
    address,
    `<div class="choices" role="group" aria-label="Did this solve it?">${SOLVED.map(
      (one) =>
        `<button name="solved" value="${one}"${said === null ? '' : ` aria-pressed="${said.solved === one}"`}>${SOLVED_WORDS[one]}</button>`,
    ).join('')}</div>`,
    'solved',
  )

const bandForm = ({ address }: ValuePage, said: ValueWords): string =>
  form(
    address,
    `<div class="choices" role="group" aria-label="Roughly how much time did it save you?">${CLAIM_BANDS.map(
      (band) => `<button name="band" value="${band.id}" aria-pressed="${said.band === band.id}">${escapeHtml(band.label)}</button>`,
    ).join('')}${said.band === null ? '' : '<button name="band" value="">I cannot say</button>'}</div>`,
  )

const CONSENT_WORDS: Record<Consent, string> = {
  name: 'With my name, and my role if I give one',
  role: 'With my role alone',
  anonymous: 'Without name or role',
  none: 'Do not show it',
}

const SHOWN_WORDS: Record<Consent, string> = {
  name: 'With your name',
  role: 'With your role',
  anonymous: 'Without name or role',
  none: 'To nobody',
}

const storyForm = ({ address }: ValuePage, said: ValueWords): string =>
  form(
    address,
    `<label for="story">What did the answer change for you?</label>
<textarea id="story" name="story" rows="5" maxlength="${MAX_STORY_LENGTH}" dir="auto" aria-describedby="story-note">${escapeHtml(said.story ?? '')}</textarea>
<p class="soft" id="story-note">At most 1,000 characters. The report that the community’s sponsor reads quotes a few such stories, each as its teller allows.</p>
<fieldset><legend>May it be shown?</legend>${(Object.keys(CONSENT_WORDS) as Consent[])
      .map(
        (one) =>
          `<label class="choice"><input type="radio" name="consent" value="${one}"${one === (said.story === null ? 'none' : said.consent) ? ' checked' : ''}><span>${CONSENT_WORDS[one]}</span></label>`,
      )
      .join('')}</fieldset>
<div class="fields"><div><label for="name">Your name, as you want it shown</label><input type="text" id="name" name="name" maxlength="${MAX_BEARER_LENGTH}" autocomplete="name" dir="auto" value="${escapeHtml(said.name ?? '')}"></div>
<div><label for="role">Your role</label><input type="text" id="role" name="role" maxlength="${MAX_BEARER_LENGTH}" autocomplete="organization-title" dir="auto" value="${escapeHtml(said.role ?? '')}"></div></div>
<button class="deed" name="part" value="story">Save this</button>`,
  )

const row = (term: string, value: string): string => `<div><dt>${escapeHtml(term)}</dt><dd dir="auto">${escapeHtml(value)}</dd></div>`

const stored = (said: ValueWords): string =>
  `<dl>${[
    row('Did it solve it?', said.solved === null ? 'Not said' : SOLVED_WORDS[said.solved]),
    row('Time it saved', said.band === null ? 'Not said' : bandOf(said.band).label),
    said.story === null ? '' : row('Your words', said.story),
    said.story === null ? '' : row('Shown', `${SHOWN_WORDS[said.consent]}${bearer(said)}`),
  ].join('')}</dl>`

const bearer = ({ consent, name, role }: ValueWords): string => {
  const shown = [consent === 'name' ? name : null, consent === 'name' || consent === 'role' ? role : null].filter((one) => one !== null)
  return shown.length === 0 ? '' : `: ${shown.join(', ')}`
}

const ways = (of: ValuePage): string =>
  `<div class="ways">${of.said === null ? '' : form(of.address, '<button name="withdraw" value="yes">Take everything back</button>')}${of.hasOptedOut ? '' : stopForm(of.address)}</div>
${of.hasOptedOut ? paragraph('You asked not to be asked again, and you will not be.', 'soft') : ''}`

const WHO_SEES =
  'Nothing is claimed on your behalf. The community’s managers see what was answered in all, not who said what, though while few have answered they may guess. Your words are shown as you allow and no further.'

/** The page of a link that is ours, in each of its states. */
export const valuePage = (of: ValuePage): string => {
  const note = of.note === null ? '' : `<p class="note" role="status">${escapeHtml(of.note)}</p>`
  if (of.said === null)
    return page(
      'Did the answer solve it?',
      of.until === null
        ? [
            '<h1>This link has run out</h1>',
            note,
            about(of),
            paragraph('It takes no answer any more. Nothing of yours is stored behind it.'),
            ways(of),
          ].join('\n')
        : [
            '<h1>Did this solve it?</h1>',
            note,
            about(of),
            paragraph('You asked, and somebody answered. One click is enough.'),
            solvedForm(of, null),
            paragraph(`${WHO_SEES} The link is for whoever asked, and takes an answer until ${of.until}.`, 'soft'),
            ways(of),
          ].join('\n'),
    )
  if (!of.isTheirs)
    return page(
      'This question has its answer',
      [
        '<h1>This question has its answer</h1>',
        note,
        about(of),
        paragraph('Whoever asked has said whether it helped. What they said is shown only in the browser in which they said it.'),
        paragraph('Was it you? Then you can take it back here, from any device.'),
        ways(of),
      ].join('\n'),
    )
  const { said } = of
  const change =
    of.until === null
      ? [paragraph('The time for changing it is over. You can still take it back.')]
      : [
          '<h2>Did this solve it?</h2>',
          solvedForm(of, said),
          ...(said.solved === 'no' ? [] : ['<h2>Roughly how much time did it save you?</h2>', bandForm(of, said)]),
          '<h2>In your own words, if you like</h2>',
          storyForm(of, said),
        ]
  return page(
    'Thank you',
    [
      '<h1>Thank you</h1>',
      note,
      about(of),
      ...change,
      '<h2>What is stored</h2>',
      stored(said),
      paragraph(
        `${WHO_SEES}${of.until === null ? '' : ` You can change it until ${of.until}`}${of.until === null ? ' ' : ', and '}${of.until === null ? 'You can take it back' : 'take it back'} by this link for as long as it is stored.`,
        'soft',
      ),
      ways(of),
    ].join('\n'),
  )
}
