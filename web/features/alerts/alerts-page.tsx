import { useParams } from '@tanstack/react-router'
import { HookSection } from './hook-section.tsx'
import { RecipientSection } from './recipient-section.tsx'

export const AlertsPage = () => {
  const { slug } = useParams({ from: '/shell/c/$slug/alerts' })
  return (
    <>
      <h1>Alerts</h1>
      <RecipientSection slug={slug} isManager />
      <HookSection slug={slug} isManager />
    </>
  )
}
