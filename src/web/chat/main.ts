import { createApp } from 'vue'
import App from './App.vue'
import { applySize } from './composables/text-size'
import { speak, wantedLanguage } from './composables/words'
import 'vant/es/style/base.css'
import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'
import 'vant/es/button/index.css'
import 'vant/es/progress/index.css'
import './styles/page.css'
import './styles/talk.css'
import './styles/answer.css'

applySize()
void speak(wantedLanguage()).then(() => createApp(App).mount('#app'))
