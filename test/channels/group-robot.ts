/** What the contract leaves out for a group's own robot, which can only be written to. */
import type { StandIn } from './stand-in.ts'

export const HEARS_NOTHING = 'a group robot hears nothing'
const NO_BUTTONS = 'no buttons: choices are numbers in the text'

export const GROUP_ROBOT_SKIPS: StandIn['skips'] = {
  ...Object.fromEntries(
    [
      'private text',
      'every message has its own id',
      'acked after it is durable',
      'delivered again when it was not durable',
      'redelivery keeps the id',
      'group text without the mention',
      'what was forwarded into a group is left',
      'photo',
      'voice',
      'words of a recording',
      'location',
      'payload of a QR code',
      'text to a person as it is',
      'hears after the platform came back',
      'hears again after an outage',
      'nothing comes after stop',
      'fault window',
    ].map((check) => [check, HEARS_NOTHING]),
  ),
  'choices are shown': NO_BUTTONS,
  'tap gives the exact id': NO_BUTTONS,
}
