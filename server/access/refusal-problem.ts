/** What a refused caller reads: what happened and what to do, and nothing about what exists. */
import type { ProblemInput } from '../api/problem.ts'
import type { Refusal } from './access-rule.ts'

export type RefusalReason = Refusal | { status: 401; reason: 'bad_key' } | { status: 403; reason: 'other_site' }

/** The problem document of a refusal and its `WWW-Authenticate` challenge (RFC 6750, section 3), where there is one. */
export const refusalProblem = (refusal: RefusalReason): { problem: ProblemInput; challenge: string | null } => {
  switch (refusal.reason) {
    case 'sign_in':
      return {
        problem: {
          status: 401,
          type: 'not-signed-in',
          title: 'Not signed in',
          detail: 'Sign in, or send an API key as "Authorization: Bearer <key>" where a key may do this.',
        },
        challenge: 'Bearer realm="barnraise"',
      }
    case 'key_needed':
      return {
        problem: {
          status: 401,
          type: 'key-needed',
          title: 'An API key is needed',
          detail: 'Send the key of the community as "Authorization: Bearer <key>". A manager makes keys on the community\'s Data page.',
        },
        challenge: 'Bearer realm="barnraise"',
      }
    case 'bad_key':
      return {
        problem: {
          status: 401,
          type: 'unknown-key',
          title: 'This is not a valid API key',
          detail:
            "The key is wrong, cut short or revoked. Compare it with what was shown when it was made, or make a new one on the community's Data page.",
        },
        challenge: 'Bearer realm="barnraise", error="invalid_token"',
      }
    case 'scope':
      return {
        problem: {
          status: 403,
          type: 'scope-missing',
          title: 'This key may not do that',
          detail: `The key lacks the scope "${refusal.scope}". Scopes are chosen when a key is made: make one with this scope.`,
          scope: refusal.scope,
        },
        challenge: `Bearer realm="barnraise", error="insufficient_scope", scope="${refusal.scope}"`,
      }
    case 'key_cannot':
      return {
        problem: {
          status: 403,
          type: 'not-for-keys',
          title: 'No API key may do that',
          detail: 'This is done by a person who is signed in.',
        },
        challenge: null,
      }
    case 'role':
      return {
        problem: {
          status: 403,
          type: 'role-missing',
          title: 'Your role does not allow this',
          detail: 'Ask an administrator for a role that does.',
        },
        challenge: null,
      }
    case 'other_site':
      return {
        problem: {
          status: 403,
          type: 'other-site',
          title: 'Sent from another site',
          detail:
            'A change with a session is taken from our own pages only (Sec-Fetch-Site or Origin). Scripts use an API key. Behind a proxy, set BASE_URL to the address people use.',
        },
        challenge: null,
      }
    case 'community':
      return {
        problem: {
          status: 404,
          type: 'unknown-community',
          title: 'No such community',
          detail: 'There is no community of this name, or it is none of yours.',
        },
        challenge: null,
      }
  }
}
