import { Kbd, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Place } from './places.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Listens for the page's keys and shows their list on `?`. A `g` waits a second and a half for its letter. */
export const KeysHelp = ({ places }: { places: Place[] }) => {
  const [isOpen, setOpen] = useState(false)
  const navigate = useNavigate()
  const pressedAt = useRef(0)
  const goings: Place[] = [...places, { to: '/account', label: 'Your account', key: 'a' }]
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
      void navigate({ to: going.to, params: going.params ?? {}, search: going.search ?? {} } as Parameters<typeof navigate>[0])
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
            <td style={{ whiteSpace: 'nowrap' }}>
              <Kbd>⌘</Kbd> <Kbd>K</Kbd> or <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>
            </td>
            <td>Go to any page, community or number by its name</td>
          </tr>
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
