import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'

type Props = {
  isOpen: boolean
  title: string
  /** What comes of it. */
  children: ReactNode
  yes: string
  no?: string
  isPending: boolean
  error: Error | null
  onYes: () => void
  onClose: () => void
}

/** Asks once before something is done, and stays open to say why it failed. */
export const AreYouSure = ({ isOpen, title, children, yes, no = 'Keep', isPending, error, onYes, onClose }: Props) => (
  <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
    <div className="stack-tight">
      <p style={{ overflowWrap: 'anywhere' }}>{children}</p>
      <Failure error={error} />
      <div className="row">
        <Button loading={isPending} onClick={onYes}>
          {yes}
        </Button>
        <Button variant="default" onClick={onClose}>
          {no}
        </Button>
      </div>
    </div>
  </Modal>
)
