// A passkey that did not work is told on the page; the library would write it into the console alone.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const told = document.getElementById('passkey-trouble')
  if (told) {
    told.hidden = false
    told.focus()
  }
})
