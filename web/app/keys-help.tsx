import { Kbd, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

type Going = { key: string; label: string; to: string; params?: { slug: string } }

/** Where the keys lead: `g`, then a letter. Pages of a community stand only where one is open. */
const listGoings = (slug: string | undefined, isAdministrator: boolean): Going[] => [
  { key: 'p', label: 'All communities', to: '/' },
  ...(slug === undefined
    ? []
    : [
        { key: 'o', label: 'Overview of this community', to: '/c/$slug', params: { slug } },
        { key: 's', label: 'Data and sources of this community', to: '/c/$slug/data', params: { slug } },
        { key: 'r', label: 'House rules of this community', to: '/c/$slug/rules', params: { slug } },
      ]),
  { key: 'd', label: 'Definitions', to: '/definitions' },
  ...(isAdministrator ? [{ key: 'u', label: 'People', to: '/people' }] : []),
  { key: 'a', label: 'Your account', to: '/account' },
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Listens for the page's keys and shows their list on `?`. A `g` waits a second and a half for its letter. */
export const KeysHelp = ({ slug, isAdministrator }: { slug: string | undefined; isAdministrator: boolean }) => {
  const [isOpen, setOpen] = useState(false)
  const navigate = useNavigate()
  const pressedAt = useRef(0)
  const goings = listGoings(slug, isAdministrator)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') return setOpen(true)
      if (event.key === '/') {
        const box = document.querySelector<HTMLInputElement>('input[type="search"]')
        if (box === null) return
        event.preventDefault()
        return box.focus()
      }
      if (event.key === 'g') {
        pressedAt.current = event.timeStamp
        return
      }
      const going = event.timeStamp - pressedAt.current < 1500 ? goings.find((g) => g.key === event.key) : undefined
      pressedAt.current = 0
      if (going === undefined) return
      event.preventDefault()
      setOpen(false)
      void navigate({ to: going.to, params: going.params ?? {} } as Parameters<typeof navigate>[0])
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <table className="data-table">
        <thead className="visually-hidden">
          <tr>
            <th>Key</th>
            <th>What it does</th>
          </tr>
        </thead>
        <tbody>
          {goings.map((going) => (
            <tr key={going.key}>
              <td style={{ whiteSpace: 'nowrap' }}>
                <Kbd>g</Kbd> then <Kbd>{going.key}</Kbd>
              </td>
              <td>{going.label}</td>
            </tr>
          ))}
          <tr>
            <td>
              <Kbd>/</Kbd>
            </td>
            <td>Search or filter on this page</td>
          </tr>
          <tr>
            <td>
              <Kbd>←</Kbd> <Kbd>→</Kbd>
            </td>
            <td>From period to period in a focused chart</td>
          </tr>
          <tr>
            <td>
              <Kbd>?</Kbd>
            </td>
            <td>This list</td>
          </tr>
        </tbody>
      </table>
    </Modal>
  )
}
