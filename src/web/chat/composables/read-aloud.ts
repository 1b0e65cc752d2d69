/** Reads one message at a time aloud: the recorded prompt where there is one, else a voice of the browser, else not at all. */
import { onUnmounted, ref } from 'vue'
import type { ChatMessage } from '../../../http/contract'
import { language } from './words'

/** A little slower than people talk. */
const RATE = 0.9

export type Reader = ReturnType<typeof useReader>

export function useReader() {
  const synthesis = 'speechSynthesis' in window ? window.speechSynthesis : null
  const voices = ref<readonly SpeechSynthesisVoice[]>([])
  /** The seq of the message that is being read; "" when none is. */
  const reading = ref('')
  let prompt: HTMLAudioElement | null = null

  // Browsers find their voices some time after the page has opened.
  const findVoices = () => (voices.value = synthesis?.getVoices() ?? [])
  findVoices()
  synthesis?.addEventListener?.('voiceschanged', findVoices)
  onUnmounted(() => {
    synthesis?.removeEventListener?.('voiceschanged', findVoices)
    stop()
  })

  const voiceFor = (code: string): SpeechSynthesisVoice | undefined =>
    voices.value.find(({ lang }) => lang.replace('_', '-') === code) ??
    voices.value.find(({ lang }) => lang.slice(0, 2) === code.slice(0, 2))

  function stop(): void {
    prompt?.pause()
    prompt = null
    synthesis?.cancel()
    reading.value = ''
  }

  function play(message: ChatMessage, address: string): void {
    const own = new Audio(address)
    prompt = own
    own.addEventListener('ended', () => {
      if (prompt === own) stop()
    })
    void own.play().catch(() => {
      if (prompt !== own) return
      prompt = null
      say(message)
    })
  }

  function say(message: ChatMessage): void {
    const voice = voiceFor(language.value)
    if (!voice || !synthesis) return stop()
    const utterance = new SpeechSynthesisUtterance(
      [message.text, ...message.choices.map(({ label }) => label)].join('。\n'),
    )
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = RATE
    utterance.onend = utterance.onerror = () => {
      if (reading.value === message.seq) reading.value = ''
    }
    synthesis.speak(utterance)
  }

  return {
    reading,
    stop,
    canRead: (message: ChatMessage): boolean =>
      message.text !== '' && (message.voice !== undefined || voiceFor(language.value) !== undefined),
    read(message: ChatMessage): void {
      stop()
      reading.value = message.seq
      if (message.voice === undefined) say(message)
      else play(message, message.voice)
    },
  }
}
