// When the connection is back after it was lost, the page is asked for again: what was saved meanwhile went past it, and a
// server that was started anew knows nothing of it. The address and what was typed go with the question.
const APP = '[data-testid=stApp]', STATE = 'data-test-connection-state';

export default function ({ parentElement, setTriggerValue }) {
    const place = parentElement.getRootNode().host?.closest('[data-testid=stElementContainer]');
    if (place) place.style.position = 'absolute'; // it is nothing to see, and takes no row
    parentElement.stop?.();
    const app = document.querySelector(APP);
    let connected = app.getAttribute(STATE) === 'CONNECTED';
    const watch = new MutationObserver(() => {
        const now = app.getAttribute(STATE) === 'CONNECTED';
        if (now && !connected) setTriggerValue('back', true);
        connected = now;
    });
    watch.observe(app, { attributes: true, attributeFilter: [STATE] });
    parentElement.stop = () => watch.disconnect();
    return () => parentElement.stop();
}
