import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

type AnchorButtonProps = ButtonProps & Omit<React.ComponentProps<'a'>, keyof ButtonProps>

/** A link that looks like a button: for the one way on from a page. */
export const LinkButton = createLink((props: AnchorButtonProps) => <Button component="a" {...props} />)
