/** Records what somebody says. */
import { computed, onUnmounted, ref } from 'vue'
import { bytesOf } from './photo'

export interface Recording {
  readonly bytes: ArrayBuffer
  readonly type: string
  readonly name: string
  /** At least 1. */
  readonly seconds: number
}

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
const LONGEST_SECONDS = 180

/** Speech stays clear at this rate, and three minutes stay under half a megabyte. */
const BITS_A_SECOND = 20_000

/** The microphone needs a secure page and a browser that records; elsewhere a recorded file may be chosen. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  typeof navigator.mediaDevices?.getUserMedia === 'function' &&
  TYPES.some((type) => MediaRecorder.isTypeSupported(type))

export function useRecorder() {
  const seconds = ref(0)
  const state = ref<'idle' | 'asking' | 'recording'>('idle')
  let recorder: MediaRecorder | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let pieces: Blob[] = []
  let begunAt = 0

  function release(): void {
    clearInterval(timer)
    for (const track of recorder?.stream.getTracks() ?? []) track.stop()
    recorder = null
    pieces = []
    state.value = 'idle'
  }

  onUnmounted(release)

  return {
    state,
    seconds,
    clock: computed(() => `${Math.floor(seconds.value / 60)}:${String(seconds.value % 60).padStart(2, '0')}`),
    /** @param full called when the longest time is reached @throws when the microphone is not given */
    async start(full: () => void): Promise<void> {
      if (state.value !== 'idle') return
      state.value = 'asking'
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
        const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
        recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS_A_SECOND })
        recorder.ondataavailable = ({ data }) => pieces.push(data)
        recorder.start()
      } catch (error) {
        release()
        throw error
      }
      begunAt = Date.now()
      seconds.value = 0
      state.value = 'recording'
      timer = setInterval(() => {
        seconds.value = Math.floor((Date.now() - begunAt) / 1000)
        if (seconds.value >= LONGEST_SECONDS) full()
      }, 250)
    },
    cancel(): void {
      if (recorder) recorder.onstop = null
      if (recorder?.state === 'recording') recorder.stop()
      release()
    },
    /** @returns null when nothing was recorded */
    async finish(): Promise<Recording | null> {
      const running = recorder
      if (!running || running.state !== 'recording') return null
      clearInterval(timer)
      await new Promise((resolve) => {
        running.onstop = resolve
        running.stop()
      })
      const blob = new Blob(pieces, { type: running.mimeType })
      release()
      if (blob.size === 0) return null
      const type = (blob.type.split(';')[0] ?? '') || 'audio/webm'
      const length = Math.max(1, Math.round((Date.now() - begunAt) / 1000))
      return { bytes: await bytesOf(blob), type, name: `voice.${type.split('/')[1] ?? 'webm'}`, seconds: length }
    },
  }
}
