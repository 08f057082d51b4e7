import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown, IconMenu2, IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useRouter, useRouterState, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Me } from '../../shared/contract/access.ts'
import { request } from './api.ts'
import { ConnectionNote } from './connection-note.tsx'
import { CommunitySwitcher } from './community-switcher.tsx'
import { KeysHelp } from './keys-help.tsx'
import { listCommunityPlaces, listPlaces, type Place } from './places.ts'
import { meQuery } from './queries.ts'
import { SessionNote } from './session-note.tsx'
import classes from './shell.module.css'

// most visits never search, and the list of everything is no small thing
const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))

const PlaceLink = ({ place, ...rest }: { place: Place } & Omit<React.ComponentProps<'a'>, 'href'>) => (
  <Link
    {...rest}
    {...({ to: place.to, params: place.params ?? {}, search: place.search ?? {} } as React.ComponentProps<typeof Link>)}
    activeOptions={{ exact: place.exact ?? false, includeSearch: false }}
    activeProps={{ 'aria-current': 'page' }}
  >
    {place.label}
  </Link>
)

const SCHEMES = { light: 'Light', dark: 'Dark', auto: 'As this device' } as const

const AccountMenu = ({ me, places }: { me: Me; places: Place[] }) => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const client = useQueryClient()
  const navigate = useNavigate()
  const signOut = async () => {
    await request('POST', '/api/auth/sign-out', {}).catch(() => undefined)
    client.clear()
    await navigate({ to: '/sign-in', search: {} })
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.menuButton}>
          <span className="visually-hidden">Menu of</span>
          <span className={classes.who}>{me.user.name || me.user.email}</span>
          <IconChevronDown size={16} aria-hidden className={classes.wideOnly} />
          <IconMenu2 size={20} aria-hidden className={classes.narrowOnly} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.narrowOnly}>
          {places.map((place) => (
            <Menu.Item key={place.to} component={PlaceLink} place={place} />
          ))}
          <Menu.Divider />
        </div>
        <Menu.Item component={PlaceLink} place={{ to: '/account', label: 'Your account', key: 'a' }} />
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {Object.entries(SCHEMES).map(([scheme, label]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            onClick={() => setColorScheme(scheme as keyof typeof SCHEMES)}
            rightSection={colorScheme === scheme ? <span aria-hidden>✓</span> : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Someone who came by a link and has no password could not come back. */
const PasswordHint = ({ me }: { me: Me }) => {
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (me.user.has_password || path === '/welcome' || path === '/account') return null
  return (
    <aside className={`${classes.hint} no-print`} aria-label="Your password">
      You came in by a link that works once. <Link to="/welcome">Set your e-mail address and a password</Link> to come back without one.
    </aside>
  )
}

/** The palette's button and its key, ⌘K or Ctrl K. The first time loads it; each further time opens it. */
const GoTo = (palette: React.ComponentProps<typeof CommandPalette>) => {
  const [times, setTimes] = useState(0)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setTimes((now) => now + 1)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <UnstyledButton className={classes.goTo} onClick={() => setTimes((now) => now + 1)}>
        <span className="visually-hidden">Go to a page, a community or a number</span>
        <IconSearch size={16} aria-hidden />
        <kbd className={classes.wideOnly}>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
      </UnstyledButton>
      {times === 0 ? null : (
        <Suspense fallback={null}>
          <CommandPalette key={times} {...palette} />
        </Suspense>
      )}
    </>
  )
}
const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** What stands around every page but the sign-in page. */
export const Shell = () => {
  const router = useRouter()
  const { slug } = useParams({ strict: false })
  const search = useSearch({ strict: false })
  const { data: me } = useQuery(meQuery)
  const main = useRef<HTMLElement>(null)
  useEffect(
    // after following a link the keyboard and the reader's voice start at the page, not at the header
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (pathChanged && fromLocation) main.current?.focus({ preventScroll: true })
      }),
    [router],
  )
  if (me === undefined) return null
  const places = listPlaces(me.is_administrator)
  const communityPlaces = slug === undefined ? [] : listCommunityPlaces(slug, search)
  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <header className={`${classes.header} no-print`}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand}>
            Barnraise
          </Link>
          <CommunitySwitcher slug={slug} />
          <nav aria-label="Pages" className={classes.nav}>
            {places.map((place) => (
              <PlaceLink key={place.to} place={place} className={classes.place} />
            ))}
          </nav>
          <GoTo places={[...communityPlaces, ...places]} isAdministrator={me.is_administrator} slug={slug} />
          <AccountMenu me={me} places={[...communityPlaces, ...places]} />
        </div>
        {communityPlaces.length === 0 ? null : (
          <nav aria-label="Pages of this community" className={classes.tabs}>
            {communityPlaces.map((place) => (
              <PlaceLink key={place.to} place={place} className={classes.place} />
            ))}
          </nav>
        )}
      </header>
      <SessionNote />
      <ConnectionNote />
      <PasswordHint me={me} />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <footer className={`${classes.footer} no-print`}>
        <p>
          Numbers come from events that members caused. <Link to="/definitions">What each one means</Link> · Press <kbd>?</kbd> for keys ·{' '}
          <a href="/docs">API</a>
        </p>
      </footer>
      <KeysHelp places={[...places, ...communityPlaces]} />
    </>
  )
}
