/* tests/tools/png_diff.c -- how far two pictures of one size are apart.
 *
 * png_diff A.png B.png
 *
 * Prints "MEAN FAR INK": the mean difference of a component in thousandths of its range; how many
 * pixels in a thousand differ by more than a quarter of it even from the nearest of the nine pixels
 * there, so that an edge may lie half a pixel off; and how many in a thousand of A are not white.
 * Exit 2: not readable, or of two sizes. */
#include <png.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned char *
read_png(const char *path, unsigned *w, unsigned *h)
{
    png_image image;
    png_color white = {255, 255, 255};
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&image, path))
        return NULL;
    image.format       = PNG_FORMAT_RGB;
    unsigned char *out = malloc(PNG_IMAGE_SIZE(image));
    if (!out || !png_image_finish_read(&image, &white, out, 0, NULL)) {
        free(out);
        return NULL;
    }
    *w = image.width;
    *h = image.height;
    return out;
}

static int
apart(const unsigned char *a, const unsigned char *b)
{
    int most = 0;
    for (int k = 0; k < 3; k++) {
        int d = abs(a[k] - b[k]);
        most  = d > most ? d : most;
    }
    return most;
}

/* From a pixel to the nearest in colour of those around the same place. */
static int
nearest(const unsigned char *p, const unsigned char *other, long x, long y, long w, long h)
{
    int least = 255;
    for (long j = y - 1; j <= y + 1; j++)
        for (long i = x - 1; i <= x + 1; i++)
            if (i >= 0 && j >= 0 && i < w && j < h) {
                int d = apart(p, other + (j * w + i) * 3);
                least = d < least ? d : least;
            }
    return least;
}

int
main(int argc, char **argv)
{
    unsigned       w[2], h[2];
    unsigned char *a = argc == 3 ? read_png(argv[1], &w[0], &h[0]) : NULL;
    unsigned char *b = argc == 3 ? read_png(argv[2], &w[1], &h[1]) : NULL;
    if (!a || !b || w[0] != w[1] || h[0] != h[1]) {
        fprintf(stderr, "png_diff: not two pictures of one size\n");
        return 2;
    }
    long width = (long)w[0], height = (long)h[0], far = 0, ink = 0, sum = 0, n = width * height;
    for (long y = 0; y < height; y++)
        for (long x = 0; x < width; x++) {
            const unsigned char *p = a + (y * width + x) * 3, *q = b + (y * width + x) * 3;
            for (int k = 0; k < 3; k++)
                sum += abs(p[k] - q[k]);
            ink += p[0] + p[1] + p[2] < 750;
            far += apart(p, q) > 64 && (nearest(p, b, x, y, width, height) > 64 ||
                                        nearest(q, a, x, y, width, height) > 64);
        }
    printf("%.2f %.2f %.0f\n", (double)sum / (double)n / 3 / 255 * 1000,
           (double)far / (double)n * 1000, (double)ink / (double)n * 1000);
    free(a);
    free(b);
    return 0;
}
